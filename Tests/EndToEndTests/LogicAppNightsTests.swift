import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("Nights of the Logic App", .serialized, .timeLimit(.minutes(4)))
struct LogicAppNightsTests {
    /// API Management's right to write is the template's own, so that it can be taken away and given back.
    private static let world = """
        {"keepRoleAssignments": false,
         "roleAssignments": [
            {"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"},
            {"principal": "apim-backup-runner", "role": "Storage Blob Data Reader", "scope": "storageAccount:contosobackups"}]}
        """
    private static let deploy = [
        "deploy", "--host", "logic-app", "--apim-name", "contoso-standby", "--backup-storage-account-name",
        "contosobackups", "--set", "delete_expired_backups=true", "--set", "min_good=2", "--yes",
    ]

    /// The Logic App as the management plane shows it.
    private struct LogicApp {
        let azure: LocalAzure

        private var workflow: String {
            "/subscriptions/\(self.azure.ready.subscriptionID)/resourceGroups/rg-apim/providers/Microsoft.Logic/workflows"
                + "/logic-apim-backup-contoso-standby"
        }

        /// How its runs ended, the oldest first, once none is at work.
        func ends() async throws -> [String] {
            while true {
                let answer = try await self.azure.resource(.get, "\(self.workflow)/runs", version: "2019-05-01")
                let runs = (answer["value"]?.array ?? []).compactMap { $0["properties"]?["status"]?.string }
                if !runs.isEmpty, !runs.contains("Running") { return runs.reversed() }
                try await RealClock().sleep(for: .milliseconds(100))
            }
        }

        /// Lets days pass, and waits for the night that ends them.
        func night(after days: Int = 1) async throws -> String {
            let before = try await self.ends().count
            try await self.azure.advance(days: days)
            while true {
                let ends = try await self.ends()
                if ends.count > before { return ends.last ?? "" }
                try await RealClock().sleep(for: .milliseconds(100))
            }
        }

        /// Switches it on or off.
        func turn(_ state: String) async throws {
            _ = try await self.azure.resource(.post, "\(self.workflow)/\(state)", version: "2019-05-01")
        }

        /// The backups, the newest first.
        func backups() async -> [String] {
            let list = await self.azure.run(
                "list",
                "contoso-standby",
                "--storage-account",
                "contosobackups",
                "--format",
                "json"
            )
            return (list.document?.array ?? []).compactMap { $0["backupName"]?.string }
        }
    }

    /// A Logic App that has made its first backup.
    private static func with(_ body: @escaping @Sendable (LocalAzure, LogicApp) async throws -> Void) async throws {
        try await LocalAzure.with(
            world: Self.world,
            virtualStart: LocalAzure.sharedStart,
            timeScale: LocalAzure.sharedTimeScale
        ) { azure in
            let first = await azure.run(Self.deploy)
            #expect(first.code == 0, "\(first.everything)")
            try await body(azure, LogicApp(azure: azure))
        }
    }

    @Test func `delete what is past its thirty days after a good night only, and while enough newer ones remain`()
        async throws
    {
        try await Self.with { azure, app in
            #expect(try await app.night() == "Succeeded")
            let old = await app.backups()
            #expect(old.count == 2)

            // A month later API Management may not write: the night fails, and nothing is deleted.
            let writer = try await Self.writer(azure)
            _ = try await azure.resource(.delete, writer.id, version: "2022-04-01")
            #expect(try await app.night(after: 31) == "Failed")
            #expect(await app.backups() == old)

            // A good night; it is the only one left, so that the old ones stay.
            _ = try await azure.resource(.put, writer.id, version: "2022-04-01", body: writer.body)
            #expect(try await app.night() == "Succeeded")
            #expect(await app.backups().count == 3)

            // Now there are two newer ones.
            #expect(try await app.night() == "Succeeded")
            let left = await app.backups()
            #expect(left.count == 2)
            #expect(Set(left).isDisjoint(with: old))
        }
    }

    @Test func `are missed while it is switched off, and not made up for`() async throws {
        try await Self.with { azure, app in
            try await app.turn("disable")
            try await azure.advance(days: 3)
            // Whoever looks from elsewhere is told: a Logic App that is off raises no alarm of its own runs.
            let status = await azure.run(
                "status",
                "contoso-standby",
                "--storage-account",
                "contosobackups",
                "--max-age",
                "26h",
                "--format",
                "json"
            )
            #expect(status.code == 4, "\(status.everything)")
            try await app.turn("enable")
            #expect(try await app.night() == "Succeeded")
            #expect(try await app.ends() == ["Succeeded", "Succeeded"])
            #expect(await app.backups().count == 2)
        }
    }

    private static func writer(_ azure: LocalAzure) async throws -> (id: String, body: String) {
        let container =
            "/subscriptions/\(azure.ready.subscriptionID)/resourceGroups/rg-apim/providers/Microsoft.Storage/storageAccounts"
            + "/contosobackups/blobServices/default/containers/apim-backups"
        let listed = try await azure.resource(
            .get,
            "\(container)/providers/Microsoft.Authorization/roleAssignments",
            version: "2022-04-01"
        )
        let found = (listed["value"]?.array ?? []).first { assignment in
            let role = assignment["properties"]?["roleDefinitionId"]?.string ?? ""
            return role.hasSuffix("ba92f5b4-2d11-453d-a403-e96b0029c9fe")
                && assignment["properties"]?["scope"]?.string == container
        }
        let properties = try #require(found?["properties"])
        let (role, principal) = (properties["roleDefinitionId"]?.string, properties["principalId"]?.string)
        return (
            id: try #require(found?["id"]?.string),
            body: """
            {"properties": {"roleDefinitionId": "\(role ?? "")", "principalId": "\(principal ?? "")",
             "principalType": "ServicePrincipal"}}
            """
        )
    }
}
