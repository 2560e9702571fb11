import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("Drills and the runbook, through sockets", .timeLimit(.minutes(2)))
struct DrillTests {
    static let account = ["--storage-account", "contosobackups"]
    static let drill = ["drill", "--from", "contoso-apim", "--to", "contoso-scratch"] + Self.account

    static func world(_ tags: String = #"{"apim-backup-scratch": "true"}"#) -> String {
        """
        {"instances": [{"name": "contoso-scratch", "resourceGroup": "rg-apim", "tier": "Developer", "tags": \(tags)}],
         "roleAssignments": [{"principal": "instance:contoso-scratch", "role": "Storage Blob Data Contributor",
                              "scope": "container:contosobackups/apim-backups"}]}
        """
    }

    @Test func `restore the newest backup into a scratch instance, compare it, and write down how long it took`()
        async throws
    {
        try await LocalAzure.with(world: Self.world()) { azure in
            var azure = azure
            azure.environment["APIM_BACKUP_INVENTORY"] = "names"
            let run = await azure.backUp()
            let backup = try #require(run.summary?["backup"]?["name"]?.string, "\(run.everything)")
            let end = await azure.run(Self.drill + ["--format", "json"])
            #expect(end.code == 0, "\(end.everything)")
            #expect(end.document?["passed"] == .boolean(true))
            #expect(end.document?["compared"] == .boolean(true))
            #expect(end.document?["differences"]?.integer == 0)
            #expect(end.document?["backupName"]?.string == backup)
            let verified = await azure.run(["verify", "contoso-apim", "--format", "json"] + Self.account)
            #expect(verified.output.contains(#""level" : "restored""#), "\(verified.output)")
            let runbook = await azure.run(["runbook", "contoso-apim"] + Self.account)
            #expect(runbook.code == 0, "\(runbook.everything)")
            for words in [backup, "Last passed drill", "az rest --method post", "restored in", "48 hours"] {
                #expect(runbook.output.contains(words), "\(words): \(runbook.output)")
            }
            #expect(!runbook.everything.contains(azure.ready.storageKey))
        }
    }

    @Test(arguments: [#"{}"#, #"{"apim-backup-scratch": "false"}"#])
    func `never overwrite an instance that is not marked`(_ tags: String) async throws {
        try await LocalAzure.with(world: Self.world(tags)) { azure in
            #expect(await azure.backUp().code == 0)
            let end = await azure.run(Self.drill)
            #expect(end.code == 4, "\(end.everything)")
            #expect(end.errors.contains("is not marked as a scratch instance"), "\(end.errors)")
            #expect(end.errors.contains("az tag update"), "\(end.errors)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `a page without a verified backup says so, and is no success`() async throws {
        try await LocalAzure.with { azure in
            let runbook = await azure.run(["runbook", "contoso-apim"] + Self.account)
            #expect(runbook.code == 1, "\(runbook.everything)")
            #expect(runbook.output.contains("No verified backup is on record"), "\(runbook.output)")
        }
    }
}
