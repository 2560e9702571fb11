import BackupDomain
import Foundation
import Testing

@Suite("Quiet, and what is left to say", .timeLimit(.minutes(2)))
struct QuietTests {
    @Test func `a record that is kept nowhere else is printed all the same`() async throws {
        try await LocalAzure.with(world: MainJobTests.operatorOnly) { azure in
            let run = await azure.run("run", "contoso-apim", "--storage-account", "contosobackups", "-q")
            #expect(run.code == 6, "\(run.everything)")
            let (id, record) = try #require(
                run.output.firstIndex(of: "\n").map { (run.output[..<$0], run.output[$0...]) }
            )
            let document = try JSONDecoder.stable().decode(JSONValue.self, from: Data(record.utf8))
            #expect(document["run"]?.string == String(id))
            #expect(document["backup"]?["restorableUntil"] == nil)
            #expect(run.errors.contains("could not be looked at"), "\(run.everything)")
        }
    }

    @Test func `a refusal gives its reason`() async throws {
        try await LocalAzure.with { azure in
            let run = await azure.run("run", "northwind-apim", "--storage-account", "contosobackups", "-q")
            #expect(run.code == 4)
            #expect(run.errors.contains("Consumption"), "\(run.everything)")
        }
    }

    /// The caller may read the account, and there is no container for records.
    static let reader = """
        {"storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim", "containers": ["apim-backups"]}],
         "keepRoleAssignments": false, "roleAssignments": [
            {"principal": "apim-backup-runner", "role": "API Management Service Operator Role",
             "scope": "instance:contoso-apim"},
            {"principal": "apim-backup-runner", "role": "Storage Blob Data Reader",
             "scope": "storageAccount:contosobackups"},
            {"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
             "scope": "container:contosobackups/apim-backups"}]}
        """

    @Test func `a reader without a container for records has a verified backup, and the record on standard output`()
        async throws
    {
        try await LocalAzure.with(world: Self.reader) { azure in
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            #expect(run.summary?["outcome"]?.string == "verified")
            #expect(run.lines.contains { $0["type"]?.string == "record" })
            #expect(run.errors.contains("az storage container create"), "\(run.everything)")
        }
    }

    @Test func `a listing finds the account by itself where no subscription is named`() async throws {
        try await LocalAzure.with { azure in
            var azure = azure
            _ = await azure.backUp()
            azure.environment["AZURE_SUBSCRIPTION_ID"] = nil
            azure.environment["APIM_BACKUP_BLOB_ENDPOINT"] = nil
            let list = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            #expect(list.document?.array?.count == 1, "\(list.everything)")
        }
    }
}
