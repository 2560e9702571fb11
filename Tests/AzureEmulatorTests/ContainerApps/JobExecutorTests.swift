import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Jobs as processes", .timeLimit(.minutes(1)))
struct JobExecutorTests {
    /// Runs an emulator's executor until a body has seen what it wants.
    private func with(_ fixture: JobFixture, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let parts = fixture.deployment.emulated.parts
        var sources = parts.sources
        // Nothing takes too long here.
        sources.pause = { _ in await WakeSignal().wait() }
        let executor = JobExecutor(
            cloud: parts.cloud,
            sources: sources,
            surroundings: ContainerSurroundings(environment: ["IDENTITY_ENDPOINT": "http://identity"])
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await executor.run() }
            group.addTask { try await body() }
            try await group.next()
            group.cancelAll()
        }
    }

    private func ended(_ fixture: JobFixture, _ count: Int = 1) async -> [JobExecution] {
        while true {
            let ended = fixture.deployment.emulated.parts.cloud.read { state, _ in
                state.executions.values.filter { $0.endedAt != nil }
            }
            if ended.count >= count { return ended }
            await Task.yield()
        }
    }

    @Test(arguments: [
        ("exit 0", JobExecution.Status.succeeded, [0]), ("exit 7", .failed, [7]), ("kill -9 $$", .failed, [137]),
    ])
    func `end with their exit code, and what they wrote is kept`(
        _ end: String,
        _ status: JobExecution.Status,
        _ codes: [Int]
    ) async throws {
        let fixture = try await JobFixture { $0.images[JobFixture.image] = ["/bin/sh", "-c"] }
        let script: JSON = .string("echo out-$A-$T; echo err >&2; \(end)")
        let container: JSON = [
            "name": "main", "image": .string(JobFixture.image), "args": [script],
            "env": [["name": "A", "value": "b"], ["name": "T", "secretRef": "token"]],
        ]
        let body = fixture.job(["properties.template.containers": [container]])
        #expect(try await fixture.call(.put, fixture.path(), body).status == 201)
        try await self.with(fixture) {
            _ = try await fixture.call(.post, fixture.path() + "/start")
            let execution = try #require(await self.ended(fixture).first)
            #expect(execution.status == status)
            #expect(execution.exitCodes == codes)
            #expect(execution.log == "out-b-hush\nerr\n")
        }
    }

    @Test func `fail where the program is not there, and say so`() async throws {
        let fixture = try await JobFixture { $0.images[JobFixture.image] = ["/nonexistent/program"] }
        _ = try await fixture.call(.put, fixture.path(), fixture.job())
        try await self.with(fixture) {
            _ = try await fixture.call(.post, fixture.path() + "/start")
            let execution = try #require(await self.ended(fixture).first)
            #expect(execution.status == .failed)
            #expect(execution.log.contains("/nonexistent/program"))
        }
    }

    @Test(arguments: ["/stop", ""])
    func `are ended when somebody stops them, or deletes the job`(_ action: String) async throws {
        let fixture = try await JobFixture { $0.images[JobFixture.image] = ["/bin/sh", "-c", "exec sleep 3600"] }
        _ = try await fixture.call(.put, fixture.path(), fixture.job())
        try await self.with(fixture) {
            _ = try await fixture.call(.post, fixture.path() + "/start")
            _ = try await fixture.call(action.isEmpty ? .delete : .post, fixture.path() + action)
            guard !action.isEmpty else {
                let left = fixture.deployment.emulated.parts.cloud.read { state, _ in state.executions.count }
                return #expect(left == 0)
            }
            #expect(await self.ended(fixture).map(\.status) == [.stopped])
        }
    }
}
