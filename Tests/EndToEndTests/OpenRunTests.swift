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
            #expect(later.summary?["run"] == left.summary?["run"])
            #expect(later.summary?["outcome"]?.string == "verified")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
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
            #expect(resume.errors.contains("The run of contoso-apim of"), "\(resume.everything)")
            #expect(resume.output.contains("verified  contoso-standby"), "\(resume.everything)")
        }
    }

    @Test func `because nothing but this machine could keep its record`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await LocalAzure.with(world: MainJobTests.operatorOnly) { azure in
            var azure = azure
            azure.environment["XDG_STATE_HOME"] = folder.path
            let first = await azure.run(["run", "contoso-apim", "--no-wait"] + Self.account)
            #expect(first.code == 0, "\(first.everything)")
            #expect(first.errors.contains("\(folder.path)/apim-backup/records/contosobackups"), "\(first.everything)")
            let second = await azure.backUp()
            #expect(second.summary?["reattached"] == .boolean(true))
            #expect(second.code == 6, "\(second.everything)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }
}
