import BackupDomain
import Foundation
import Testing

@Suite("Whatever Azure says of an operation", .tags(.assumption), .narrow, .timeLimit(.minutes(5)))
struct OperationTests {
    /// The instances may write nowhere, so that every backup fails.
    static let failing = """
        {"keepRoleAssignments": false, "roleAssignments": [
            {"principal": "apim-backup-runner", "role": "API Management Service Operator Role",
             "scope": "group:rg-apim"},
            {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
             "scope": "storageAccount:contosobackups"}]}
        """

    @Test(arguments: Ledger.answers(to: "failed-backup-answer"))
    func `a backup that failed is reported as failed`(_ answer: String) async throws {
        try await LocalAzure.with(world: Self.failing, assuming: [answer]) { azure in
            let run = await azure.backUp("contoso-apim", "--timeout", "2h")
            try await azure.expectSafe(run)
            // An operation that only answers with errors of the server tells nothing: the run stays open for the next one.
            if answer == "failed-backup-answer=server-error" { return #expect(run.code == 5, "\(run.everything)") }
            #expect(run.summary?["outcome"]?.string == "failed", "\(run.everything)")
            #expect(run.code == 1)
            #expect(["backupFailed", "backupMissing"].contains(run.errorCode))
            let list = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            #expect(list.document?.array?.map { $0["state"]?.string } == ["failed"])
        }
    }

    @Test(arguments: Ledger.answers(to: "failed-backup-code"))
    func `no code makes of a failed backup anything else`(_ code: String) async throws {
        try await LocalAzure.with(world: Self.failing, assuming: [code]) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            #expect(run.errorCode == "backupFailed", "\(run.everything)")
        }
    }

    @Test(arguments: Ledger.answers(to: "operation-url-lifetime"), Ledger.answers(to: "forgotten-operation"))
    func `a backup is verified also where its operation is forgotten`(
        _ lifetime: String,
        _ answer: String
    ) async throws {
        try await LocalAzure.with(assuming: [lifetime, answer]) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
        }
    }

    @Test(arguments: Ledger.answers(to: "forgotten-operation"))
    func `a backup that failed and is forgotten is no success`(_ answer: String) async throws {
        let assumptions = ["operation-url-lifetime=none", answer]
        try await LocalAzure.with(world: Self.failing, assuming: assumptions) { azure in
            let run = await azure.backUp("contoso-apim", "--timeout", "2h")
            try await azure.expectSafe(run)
            #expect(run.errorCode == "backupMissing", "\(run.everything)")
        }
    }
}
