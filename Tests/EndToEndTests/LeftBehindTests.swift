import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("What was left behind", .timeLimit(.minutes(2)))
struct LeftBehindTests {
    @Test func `a run that had ended before is written up, and the backup that was asked for is made`() async throws {
        try await LocalAzure.with { azure in
            let first = await azure.backUp("contoso-apim", "--no-wait")
            #expect(first.code == 0, "\(first.everything)")
            try await azure.endBackups()
            // Azure's instants have whole seconds.
            try await RealClock().sleep(for: .milliseconds(1100))
            let second = await azure.backUp()
            #expect(second.code == 0, "\(second.everything)")
            #expect(second.summary?["run"] != first.summary?["run"])
            #expect(second.summary?["reattached"] == .boolean(false))
            let accepted = try await azure.accepted()
            #expect(accepted.count == 2)
            let list = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            #expect(list.document?.array?.map { $0["state"]?.string } == ["verified", "verified"])
        }
    }

    @Test func `--no-wait does not wait for the run that another process follows`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            async let following = azure.backUp()
            try await azure.untilAccepted()
            let second = await azure.backUp("contoso-apim", "--no-wait")
            let isRunning = try await azure.accepted().contains { $0["endedAt"] == .null }
            #expect(isRunning)
            #expect(second.code == 0, "\(second.everything)")
            #expect(second.summary?["outcome"] == .null)
            #expect(second.summary?["reattached"] == .boolean(true))
            try await azure.endBackups()
            let first = await following
            #expect(first.summary?["outcome"]?.string == "verified")
            #expect(first.summary?["run"] == second.summary?["run"])
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    /// Makes a backup, and replaces its record and the summary that knows how it ended.
    private static func replaceRecord(_ content: String, in azure: LocalAzure) async throws {
        let run = await azure.backUp()
        let id = try #require(run.summary?["run"]?.string)
        try await azure.withBlobs { blobs in
            let page = try await blobs.list("apim-backups-catalog", prefix: "v1/", delimiter: nil, marker: nil)
            let path = try #require(page.blobs.first { $0.name.contains(id) }?.name)
            for name in [path] + page.blobs.map(\.name).filter({ $0.contains("v1/latest/") }) {
                _ = try await blobs.write(
                    Data(content.utf8),
                    to: name,
                    in: "apim-backups-catalog",
                    condition: .always,
                    contentType: "application/json"
                )
            }
        }
    }

    @Test(arguments: [7, RecordCoding.cap + 1])
    func `a damaged record keeps no later night from its backup`(_ bytes: Int) async throws {
        try await LocalAzure.with { azure in
            let content = "{broken".padding(toLength: bytes, withPad: " ", startingAt: 0)
            try await Self.replaceRecord(content, in: azure)
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            #expect(run.errors.contains("A damaged record is passed over"), "\(run.everything)")
            for command in ["list", "status"] {
                let told = await azure.run(command, "--storage-account", "contosobackups")
                #expect(told.code == 0, "\(told.everything)")
            }
        }
    }

    @Test func `a record of a newer release is left to that release`() async throws {
        try await LocalAzure.with { azure in
            try await Self.replaceRecord(#"{"version": 9}"#, in: azure)
            let run = await azure.backUp()
            #expect(run.code == 4, "\(run.everything)")
            #expect(run.errorCode == "recordTooNew")
            #expect(run.everything.contains("Use the release that wrote it, or a newer one."))
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
            let account = ["--storage-account", "contosobackups"]
            let list = await azure.run(["list"] + account)
            #expect(list.code == 0, "\(list.everything)")
            #expect(list.output.contains("record of a newer version, refused: needs the release that wrote it"))
            let status = await azure.run(["status"] + account)
            #expect(status.code == 1, "\(status.everything)")
            #expect(status.output.contains("No run is recorded that this release can read."), "\(status.everything)")
            let discover = await azure.run(["discover"] + account)
            #expect(discover.code == 0, "\(discover.everything)")
            for command in [["show", "contoso-apim"], ["resume"], ["resume", "contoso-apim"]] {
                let refused = await azure.run(command + account)
                #expect(refused.code == 4, "\(command): \(refused.everything)")
                #expect(refused.errors.contains("is of a newer version, refused"), "\(refused.everything)")
            }
        }
    }

    @Test func `a record of a newer release that says that its run has ended keeps no night from its backup`()
        async throws
    {
        try await LocalAzure.with { azure in
            let content = #"{"version": 9, "state": "ended", "program": "apim-backup 9.1.0"}"#
            try await Self.replaceRecord(content, in: azure)
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let list = await azure.run("list", "--storage-account", "contosobackups")
            #expect(list.output.contains("refused: needs apim-backup \u{2265} 9.1.0"), "\(list.everything)")
            let status = await azure.run("status", "--storage-account", "contosobackups")
            #expect(status.code == 0, "\(status.everything)")
        }
    }
}
