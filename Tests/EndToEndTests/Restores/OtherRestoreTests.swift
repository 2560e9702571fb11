import AzureEmulator
import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A restore that comes upon another one", .narrow, .timeLimit(.minutes(3)))
struct OtherRestoreTests {
    /// Two backups of one instance, the older one first.
    private static func backups(_ azure: LocalAzure) async throws -> (String, String) {
        let first = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
        // Their names tell them apart by the second.
        var second = first
        while second == first { second = try #require(await azure.backUp().summary?["backup"]?["name"]?.string) }
        return (first, second)
    }

    private static func restore(_ backup: String) -> [String] {
        RestoreTests.standby + [
            "--backup", backup, "--no-safety-backup", "--confirm", "contoso-standby", "--format", "json",
        ]
    }

    @Test func `follows one that was left behind, and says that it was of another backup`() async throws {
        try await LocalAzure.with(world: #"{"timings": {"restoreSeconds": 3000}}"#) { azure in
            let (first, second) = try await Self.backups(azure)
            let stop = StopSignal()
            async let left = azure.run(Self.restore(first), stop: stop)
            while try await RestoreTests.restores(azure).isEmpty {
                try await RealClock().sleep(for: .milliseconds(100))
            }
            stop.raise()
            #expect(await left.code == 130)
            let other = await azure.run(Self.restore(second))
            #expect(other.code == 75, "\(other.everything)")
            #expect(other.errorCode == "busy")
            let message = try #require(other.summary?["error"]?["message"]?.string)
            #expect(message.contains("of '\(first)'") && message.contains("was not restored"), "\(message)")
            #expect(try await RestoreTests.restores(azure).count == 1)
            // The way is free then.
            let again = await azure.run(Self.restore(second))
            #expect(again.code == 0, "\(again.everything)")
            let blobs = try await RestoreTests.restores(azure).map { $0["blob"]?.string }
            #expect(blobs == [first, second])
        }
    }

    @Test(arguments: [true, false])
    func `tells what came of one that was left behind although no plan can be made any more`(
        _ isNamed: Bool
    ) async throws {
        // The plan reads the container of backups, and nobody may after the first one.
        let faults = """
            [{"host": "blob", "method": "GET", "path": "/*/apim-backups", "skip": 1, "always": true, "status": 403,
              "code": "AuthorizationPermissionMismatch"}]
            """
        try await LocalAzure.with(world: #"{"timings": {"restoreSeconds": 3000}}"#, faults: faults) { azure in
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            let command = Self.restore(isNamed ? backup : "latest")
            let stop = StopSignal()
            async let left = azure.run(command, stop: stop)
            while try await RestoreTests.restores(azure).isEmpty {
                try await RealClock().sleep(for: .milliseconds(100))
            }
            stop.raise()
            #expect(await left.code == 130)
            let followed = await azure.run(command)
            #expect(followed.code == 0, "\(followed.everything)")
            #expect(followed.summary?["outcome"]?.string == "verified", "\(followed.everything)")
            #expect(followed.summary?["backup"]?["name"]?.string == backup)
            let plan = await azure.run(RestoreTests.standby + ["--dry-run", "--format", "json"])
            #expect(plan.errorCode == "permissionDenied", "\(plan.everything)")
        }
    }

    @Test func `watches one that began at the same time, and says that it was of another backup`() async throws {
        // The first one's record is long on its way, so that the second makes its plan before it can see any of it.
        let faults = """
            [{"host": "blob", "method": "PUT", "path": "*/v1/restores/*", "delaySeconds": 3}]
            """
        try await LocalAzure.with(faults: faults) { azure in
            let (first, second) = try await Self.backups(azure)
            async let one = azure.run(Self.restore(first))
            async let two = azure.run(Self.restore(second))
            let ends = await [one, two]
            #expect(ends.map(\.code).sorted() == [0, 75], "\(ends.map(\.everything))")
            let restored = try await RestoreTests.restores(azure).map { $0["blob"]?.string }
            #expect(restored.count == 1)
            let winner = try #require(ends.first { $0.code == 0 })
            #expect(winner.summary?["backup"]?["name"]?.string == restored.first)
        }
    }
}
