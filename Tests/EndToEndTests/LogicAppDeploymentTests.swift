import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("Deploying the Logic App", .serialized, .timeLimit(.minutes(4)))
struct LogicAppDeploymentTests {
    private static let arguments = [
        "deploy", "--host", "logic-app", "--apim-name", "contoso-standby", "--backup-storage-account-name",
        "contosobackups", "--set", "backups_container=nights", "--yes",
    ]

    /// The deployer may do all in the management plane, which says nothing of blobs.
    private static func world(timings: String = "") -> String {
        """
        {"roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"}]
         \(timings)}
        """
    }

    private static func with(
        _ world: String = world(),
        scale: Int = LocalAzure.sharedTimeScale,
        _ body: @escaping @Sendable (LocalAzure) async throws -> Void
    ) async throws {
        try await LocalAzure.with(world: world, virtualStart: LocalAzure.sharedStart, timeScale: scale, body)
    }

    /// What is in the resource group, and who has which role there and below.
    private static func inventory(_ azure: LocalAzure) async throws -> Set<String> {
        let group = "/subscriptions/\(azure.ready.subscriptionID)/resourceGroups/rg-apim"
        var all: Set<String> = []
        for (path, version) in [
            ("\(group)/resources", "2021-04-01"),
            ("\(group)/providers/Microsoft.Authorization/roleAssignments", "2022-04-01"),
            ("\(group)/providers/Microsoft.Authorization/roleDefinitions", "2022-04-01"),
            ("\(group)/providers/Microsoft.Logic/workflows", "2019-05-01"),
        ] {
            let listed = try await azure.resource(.get, path, version: version)["value"]?.array ?? []
            all.formUnion(listed.compactMap { $0["id"]?.string?.lowercased() })
        }
        return all
    }

    private static func isAtWork(_ azure: LocalAzure) async throws -> Bool {
        let group = "/subscriptions/\(azure.ready.subscriptionID)/resourceGroups/rg-apim"
        let workflow = "\(group)/providers/Microsoft.Logic/workflows/logic-apim-backup-contoso-standby"
        let runs = try await azure.resource(.get, "\(workflow)/runs", version: "2019-05-01")["value"]?.array ?? []
        return runs.contains { $0["properties"]?["status"]?.string == "Running" }
    }

    private static func backups(_ azure: LocalAzure) async -> [JSONValue] {
        let list = await azure.run(
            "list",
            "contoso-standby",
            "--storage-account",
            "contosobackups",
            "--container",
            "nights",
            "--format",
            "json"
        )
        return list.document?.array ?? []
    }

    @Test func `makes the first backup by its own identity, then one a night, and is taken away without a trace`()
        async throws
    {
        try await Self.with { azure in
            let before = try await Self.inventory(azure)
            let first = await azure.run(Self.arguments)
            #expect(first.code == 0, "\(first.everything)")
            #expect(first.errors.contains("+ Microsoft.Logic/workflows logic-apim-backup-contoso-standby"))
            let rows = await Self.backups(azure)
            let name = try #require(rows.first?["backupName"]?.string)
            #expect(first.output.contains("The first backup is verified: \(name), 614 KB."), "\(first.output)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
            let caller = try await azure.requests().first { $0["path"]?.string?.contains("/deployments/") == true }
            #expect(accepted.first?["principal"]?.string != caller?["principal"]?.string)

            let again = await azure.run(Self.arguments)
            #expect(again.code == 0, "\(again.everything)")
            #expect(again.output == "Everything is as wanted; nothing was changed.\n", "\(again.everything)")
            let count = try await azure.accepted().count
            #expect(count == 1)

            for night in 2...3 {
                // One run at a time: a time that comes while the last one still looks at its backup is none of the next night.
                while try await Self.isAtWork(azure) { try await RealClock().sleep(for: .milliseconds(200)) }
                try await azure.advance(days: 1)
                while await Self.backups(azure).count < night { try await RealClock().sleep(for: .milliseconds(200)) }
            }
            let listed = await Self.backups(azure)
            #expect(Set(listed.compactMap { $0["state"]?.string }) == ["unrecorded"])

            let remote = await azure.run("run", "contoso-standby", "--remote")
            #expect(remote.code == 0, "\(remote.everything)")
            #expect(remote.output.hasPrefix("verified  contoso-standby  contoso-standby-"), "\(remote.output)")

            let removed = await azure.run("undeploy", "--apim-name", "contoso-standby", "--yes")
            #expect(removed.code == 0, "\(removed.everything)")
            let after = try await Self.inventory(azure)
            #expect(after == before)
            let left = await Self.backups(azure)
            #expect(left.count == listed.count + 1)
        }
    }

    @Test func `waits until its roles hold`() async throws {
        let world = Self.world(timings: #", "timings": {"rolePropagationSeconds": 480, "backupSeconds": 60}"#)
        try await Self.with(world, scale: 30) { azure in
            let run = await azure.run(Self.arguments)
            #expect(run.code == 0, "\(run.everything)")
            #expect(run.errors.contains("It was not let in"), "\(run.errors)")
            #expect(run.output.contains("The first backup is verified"))
        }
    }

    @Test func `gets through the account's firewall as a trusted service, where who deploys does not`() async throws {
        let world = """
            {"storageAccounts": [{"name": "contosobackups", "firewallDefaultDeny": true}],
             "roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"}]}
            """
        try await Self.with(world) { azure in
            let run = await azure.run(Self.arguments + ["--format", "json"])
            #expect(run.code == 6, "\(run.everything)")
            let backup = run.document?["backup"]
            #expect(backup?["outcome"]?.string == "unverified", "\(run.everything)")
            #expect(backup?["reason"]?.string?.contains("most likely its firewall") == true, "\(run.everything)")
        }
    }

    /// Whether a loop fails or succeeds at its limit, the run fails: its status is looked at behind the loop.
    @Test(arguments: ["FailWhenLimitsReached", "Sequential"])
    func `fails where the backup outlasts its limit, however the loop ends`(_ option: String) async throws {
        let world = Self.world(timings: #", "timings": {"backupSeconds": 7200}"#)
        try await Self.with(world) { azure in
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
                path: "../../deploy/azuredeploy.json"
            )
            let template = try String(contentsOf: file.standardized, encoding: .utf8)
                .replacing("\"count\": 1440", with: "\"count\": 3").replacing("FailWhenLimitsReached", with: option)
            let group = "/subscriptions/\(azure.ready.subscriptionID)/resourceGroups/rg-apim"
            let deployment = "\(group)/providers/Microsoft.Resources/deployments/limited"
            let parameters = """
                {"apim_name": {"value": "contoso-standby"}, "backup_storage_account_name": {"value": "contosobackups"},
                 "backups_container": {"value": "nights"}}
                """
            _ = try await azure.resource(
                .put,
                deployment,
                version: "2021-04-01",
                body:
                    #"{"properties": {"mode": "Incremental", "template": \#(template), "parameters": \#(parameters)}}"#
            )
            let workflow = "\(group)/providers/Microsoft.Logic/workflows/logic-apim-backup-contoso-standby"
            func ended(_ path: String, _ version: String, _ status: (JSONValue) -> String?) async throws -> String {
                while true {
                    let state = status(try await azure.resource(.get, path, version: version))
                    if let state, !["Accepted", "Running"].contains(state) { return state }
                    try await RealClock().sleep(for: .milliseconds(200))
                }
            }
            let deployed = try await ended(deployment, "2021-04-01") { $0["properties"]?["provisioningState"]?.string }
            #expect(deployed == "Succeeded")
            _ = try await azure.resource(.post, "\(workflow)/triggers/Nightly/run", version: "2019-05-01")
            let run = try await ended("\(workflow)/runs", "2019-05-01") {
                $0["value"]?.array?.first?["properties"]?["status"]?.string
            }
            #expect(run == "Failed")
        }
    }

    @Test func `calls the backup unverified where who deploys may not look at blobs`() async throws {
        let world = """
            {"keepRoleAssignments": false,
             "roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"}]}
            """
        try await Self.with(world) { azure in
            let run = await azure.run(Self.arguments + ["--format", "json"])
            #expect(run.code == 6, "\(run.everything)")
            #expect(run.document?["backup"]?["outcome"]?.string == "unverified", "\(run.everything)")
            let remote = await azure.run("run", "contoso-standby", "--remote", "--allow-unverified")
            #expect(remote.code == 0, "\(remote.everything)")
            #expect(remote.output.hasPrefix("unverified  contoso-standby"), "\(remote.output)")
            #expect(remote.errors.contains("Storage Blob Data Reader"), "\(remote.errors)")
        }
    }
}
