import BackupDomain
import Foundation
import Testing

@Suite("Whatever rights Azure asks for", .tags(.assumption), .narrow, .timeLimit(.minutes(5)))
struct RightsTests {
    @Test(arguments: Ledger.answers(to: "role-at-container"))
    func `a role on the container makes a backup, or a failure that names the role`(_ answer: String) async throws {
        try await LocalAzure.with(assuming: [answer]) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            guard answer != "role-at-container=enough" else { return #expect(run.code == 0, "\(run.everything)") }
            #expect(run.errorCode == "backupFailed", "\(run.everything)")
            #expect(run.summary?["error"]?["remedy"]?.string?.contains("on the account") == true)
        }
    }

    @Test(arguments: Ledger.answers(to: "right-to-read-operation"))
    func `a backup is verified by its blob where its operation may not be read`(_ answer: String) async throws {
        let world = """
            {"keepRoleAssignments": false,
             "roles": [{"name": "Backup only", "actions": ["Microsoft.ApiManagement/service/read",
                                                           "Microsoft.ApiManagement/service/backup/action"]}],
             "roleAssignments": [
                {"principal": "apim-backup-runner", "role": "Backup only", "scope": "instance:contoso-apim"},
                {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
                 "scope": "storageAccount:contosobackups"},
                {"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
                 "scope": "container:contosobackups/apim-backups"}]}
            """
        try await LocalAzure.with(world: world, assuming: [answer]) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
            let isWarned = run.summary?["warnings"]?.array?.isEmpty == false
            #expect(isWarned == (answer == "right-to-read-operation=of-its-own"))
        }
    }

    @Test(
        arguments: Ledger.answers(to: "listing-for-role-on-resource"),
        Ledger.answers(to: "subscription-for-role-on-resource")
    )
    func `an instance is found by its id whatever lists hold, and otherwise the error says so`(
        _ listing: String,
        _ subscriptions: String
    ) async throws {
        try await LocalAzure.with(world: MainJobTests.operatorOnly, assuming: [listing, subscriptions]) { azure in
            var azure = azure
            let subscription = try #require(azure.environment["AZURE_SUBSCRIPTION_ID"])
            azure.environment["AZURE_SUBSCRIPTION_ID"] = nil
            let named = await azure.backUp()
            try await azure.expectSafe(named)
            if listing.hasSuffix("=readable"), subscriptions.hasSuffix("=listed") {
                #expect(named.summary?["outcome"]?.string == "unverified", "\(named.everything)")
            } else {
                #expect(["instanceNotFound", "permissionDenied"].contains(named.errorCode), "\(named.everything)")
                #expect(named.summary?["error"]?["remedy"]?.string?.contains("full resource id") == true)
            }
            let before = try await azure.acceptedPosts().count
            let whole = await azure.backUp(
                "/subscriptions/\(subscription)/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service/contoso-apim"
            )
            try await azure.expectSafe(whole)
            #expect(whole.summary?["outcome"]?.string == "unverified", "\(whole.everything)")
            let after = try await azure.acceptedPosts().count
            #expect(after == before + 1)
        }
    }
}
