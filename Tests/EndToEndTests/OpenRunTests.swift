import BackupDomain
import Foundation
import Testing

@Suite("A run that was left behind is not forgotten", .timeLimit(.minutes(2)))
struct OpenRunTests {
    static let account = ["--storage-account", "contosobackups"]

    /// Asks for backups that a rule refuses.
    static func refused(_ azure: LocalAzure, times: Int) async {
        for _ in 0..<times {
            let run = await azure.backUp("contoso-apim", "--access-client-id", "11111111-2222-3333-4444-555555555555")
            #expect(run.code == 4, "\(run.everything)")
        }
    }

    @Test(arguments: [["resume", "--format", "json"], ["run", "contoso-apim", "--format", "json"]])
    func `because others were refused after it`(_ command: [String]) async throws {
        try await LocalAzure.with { azure in
            let left = await azure.backUp("contoso-apim", "--no-wait")
            #expect(left.code == 0)
            await Self.refused(azure, times: 6)
            let later = await azure.run(command + Self.account)
            #expect(later.code == 0, "\(later.everything)")
            let run = try #require(left.summary?["run"]?.string)
            let shown = await azure.run(["show", run, "--format", "json"] + Self.account)
            #expect(shown.document?["outcome"]?.string == "verified", "\(later.everything)\(shown.everything)")
            // Where Azure had done with it before, 'run' goes on to the backup that was asked for.
            let list = await azure.run(["list", "--format", "json"] + Self.account)
            #expect(list.document?.array?.contains { $0["state"]?.string == "under way" } == false)
        }
    }

    @Test func `because another instance's cannot be followed`() async throws {
        let faults = """
            [{"method": "PUT", "path": "*/v1/leases/contoso-apim-*", "skip": 4, "status": 403, "always": true}]
            """
        try await LocalAzure.with(faults: faults) { azure in
            #expect(await azure.backUp("contoso-apim", "--no-wait").code == 0)
            #expect(await azure.backUp("contoso-standby", "--no-wait").code == 0)
            let resume = await azure.run(["resume"] + Self.account)
            #expect(resume.code == 3, "\(resume.everything)")
            #expect(resume.output.contains("verified  contoso-standby"), "\(resume.everything)")
        }
    }

    @Test(arguments: [nil, "named"])
    func `because nothing but this machine could keep its record`(_ named: String?) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let folder = root.appending(path: named ?? "apim-backup/records/contosobackups")
        let options = Self.account + (named == nil ? [] : ["--records", folder.path])
        let world = MainJobTests.operatorOnly.replacing(
            "{\"keep",
            with: "{\"timings\": {\"backupSeconds\": 604800}, \"keep"
        )
        try await LocalAzure.with(world: world) { azure in
            var changed = azure
            changed.environment["XDG_STATE_HOME"] = root.path
            let azure = changed
            let first = await azure.run(["run", "contoso-apim", "--no-wait"] + options)
            #expect(first.code == 0, "\(first.everything)")
            #expect(first.errors.contains("kept on this machine, where the next run finds it: \(folder.path)"))
            let second = try await azure.endingBackupsOnceFollowed {
                await azure.run(["run", "contoso-apim", "--format", "json"] + options)
            }
            #expect(second.summary?["reattached"] == .boolean(true))
            #expect(second.code == 6, "\(second.everything)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
            for command in [["list"], ["show", "contoso-apim"], ["status"]] {
                let read = await azure.run(command + options)
                #expect(read.output.contains("contoso-apim"), "\(command): \(read.everything)")
                #expect(read.errors.contains("Only the records of this machine are shown"), "\(read.everything)")
            }
            let resume = await azure.run(["resume"] + options)
            #expect(resume.errors.contains("No run of any instance is under way"), "\(resume.everything)")
            let third = await azure.run(["run", "contoso-apim", "--no-wait"] + options)
            #expect(third.code == 0, "\(third.everything)")
            let followed = try await azure.endingBackupsOnceFollowed { await azure.run(["resume"] + options) }
            #expect(followed.code == 6, "\(followed.everything)")
        }
    }
}
