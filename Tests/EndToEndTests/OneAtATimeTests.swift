import BackupDomain
import Foundation
import Testing

@Suite("One backup at a time", .timeLimit(.minutes(2)))
struct OneAtATimeTests {
    @Test func `four at once make one backup, and all report it`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            let runs = try await withThrowingTaskGroup(of: LocalAzure.Invocation.self) { group in
                for _ in 0..<4 { group.addTask { await azure.backUp() } }
                // Each has written or read the one record, under the id of its own run.
                try await azure.until {
                    let calls = try await azure.requests().filter { call in
                        call["path"]?.string?.contains("/v1/runs/") == true
                            && [200, 201].contains(call["status"]?.integer)
                    }
                    let isAccepted = try await azure.accepted().count == 1
                    return isAccepted && Set(calls.compactMap { $0["clientRequestId"]?.string }).count == 4
                }
                try await azure.endBackups()
                var runs: [LocalAzure.Invocation] = []
                for try await run in group { runs.append(run) }
                return runs
            }
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
            #expect(runs.map(\.code) == [0, 0, 0, 0], "\(runs.map(\.everything))")
            #expect(Set(runs.map { $0.summary?["run"]?.string }).count == 1)
            #expect(runs.filter { $0.summary?["reattached"] == .boolean(false) }.count == 1)
            #expect(runs.allSatisfy { $0.summary?["outcome"]?.string == "verified" })
        }
    }

    @Test func `two instances do not wait for each other`() async throws {
        try await LocalAzure.with { azure in
            async let first = azure.backUp("contoso-apim")
            async let second = azure.backUp("contoso-standby")
            let runs = await [first, second]
            #expect(runs.map(\.code) == [0, 0])
            #expect(Set(runs.map { $0.summary?["run"]?.string }).count == 2)
        }
    }

    @Test func `the lock is seen while a run is at work, can be broken, and is free afterwards`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            func isHeld() async -> JSONValue? {
                await azure.run("lock", "status", "--storage-account", "contosobackups", "--format", "json")
                    .document?.array?.first?["held"]
            }
            async let run = azure.backUp()
            try await azure.untilAccepted()
            #expect(await isHeld() == .boolean(true))
            let broken = await azure.run("lock", "break", "contoso-apim", "--storage-account", "contosobackups")
            #expect(broken.code == 0, "\(broken.everything)")
            #expect(broken.output.contains("is broken."), "\(broken.everything)")
            try await azure.endBackups()
            #expect(await run.summary?["outcome"]?.string == "verified")
            #expect(await isHeld() == .boolean(false))
            let free = await azure.run("lock", "break", "contoso-apim", "--storage-account", "contosobackups")
            #expect(free.code == 0 && free.output.contains("Nobody held the lock of"), "\(free.everything)")
        }
    }
}
