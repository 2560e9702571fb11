import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("Deploying one job for all instances of the settings", .serialized, .timeLimit(.minutes(4)))
struct FleetDeploymentTests {
    private static let image = "registry.example.com/apim-backup:1"

    /// The program lies beside the tests' own.
    private static var program: String {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "apim-backup").path
    }

    /// Three instances in two resource groups, and two storage accounts.
    private static func with(_ body: @escaping @Sendable (LocalAzure, SettingsFolder) async throws -> Void) async throws
    {
        let world = """
            {"images": [{"name": "\(self.image)", "command": ["\(self.program)"]}],
             "resourceGroups": [{"name": "rg-fabrikam"}, {"name": "rg-backup"}],
             "instances": [{"name": "adatum-apim", "tier": "Developer", "resourceGroup": "rg-fabrikam"}],
             "storageAccounts": [{"name": "fabrikambackups", "resourceGroup": "rg-fabrikam", "containers": []}],
             "roleAssignments": [
                {"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"},
                {"principal": "apim-backup-runner", "role": "Storage Blob Data Reader", "scope": "storageAccount:fabrikambackups"}]}
            """
        try await LocalAzure.with(
            world: world,
            virtualStart: LocalAzure.sharedStart,
            timeScale: LocalAzure.sharedTimeScale
        ) { azure in
            let folder = try SettingsFolder()
            defer { folder.remove() }
            _ = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                instances:
                  - contoso-apim
                  - contoso-standby
                  - name: adatum-apim
                    storage: {account: fabrikambackups, container: nights}
                """
            )
            try await body(azure, folder)
        }
    }

    private static func arguments(_ folder: SettingsFolder) -> [String] {
        [
            "deploy", "--host", "container-app-job", "--settings", folder.settings, "--resource-group", "rg-backup",
            "--image", image, "--set", "alert_email=ops@example.com", "--yes",
        ]
    }

    @Test func `backs up all by one job, with a role on each, and takes away just what it made`() async throws {
        try await Self.with { azure, folder in
            let first = await azure.run(Self.arguments(folder))
            #expect(first.code == 0, "\(first.everything)")
            for instance in ["adatum-apim", "contoso-apim", "contoso-standby"] {
                #expect(first.output.contains("  verified  \(instance)  \(instance)-"), "\(first.everything)")
            }
            let jobs = first.output.split(separator: "\n").filter { $0.contains("Microsoft.App/jobs") }
            // That of the schedule, and the one that is started by hand.
            #expect(jobs.count == 2, "\(first.output)")
            let rules = first.output.split(separator: "\n").filter { $0.contains("scheduledQueryRules") }
            #expect(rules.count == 2, "\(first.output)")
            let operators = first.errors.split(separator: "\n").filter { $0.contains("Operator Role for the job") }
            #expect(operators.count == 3, "\(first.errors)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 3)
            #expect(Set(accepted.compactMap { $0["principal"]?.string }).count == 1)
            let listed = await azure.run("list", "--settings", folder.settings, "--format", "json")
            #expect(listed.document?.array?.compactMap { $0["state"]?.string } == ["verified", "verified", "verified"])

            let again = await azure.run(Self.arguments(folder))
            #expect(again.output == "Everything is as wanted; nothing was changed.\n", "\(again.everything)")

            let remote = await azure.run(
                "run",
                "--all",
                "--remote",
                "--settings",
                folder.settings,
                "--deployment-group",
                "rg-backup"
            )
            #expect(remote.code == 0, "\(remote.everything)")
            #expect(remote.output.split(separator: "\n").count == 3, "\(remote.output)")

            let removed = await azure.run("undeploy", "--resource-group", "rg-backup", "--yes")
            #expect(removed.code == 0, "\(removed.everything)")
            let nothing = await azure.run("undeploy", "--resource-group", "rg-backup", "--yes")
            #expect(nothing.errors.contains("Nothing was deployed for all instances"), "\(nothing.errors)")
            let left = await azure.run("list", "--settings", folder.settings, "--format", "json")
            #expect(left.document?.array?.count == 6, "\(left.everything)")
        }
    }

    @Test func `tells and deploys settings that have changed`() async throws {
        try await Self.with { azure, folder in
            let quick = Self.arguments(folder) + ["--no-first-backup"]
            let first = await azure.run(quick)
            #expect(first.code == 0, "\(first.everything)")
            _ = try folder.write(
                "version: 1\nstorage: {account: contosobackups}\ninstances: [contoso-apim]\nretention: {minGood: 5}\n"
            )
            let second = await azure.run(quick)
            #expect(second.code == 0, "\(second.everything)")
            #expect(second.errors.contains("+ the settings, as a secret of the job"), "\(second.errors)")
            let named = second.errors.split(separator: "\n").filter { $0.hasSuffix(", no longer needed") }
            // Of adatum-apim: starting, writing, reading, the records; of contoso-standby, whose account stays in use: starting.
            #expect(named.count == 5, "\(second.errors)")
            let removed = try await azure.requests().filter { $0["method"]?.string == "DELETE" }
                .compactMap { $0["path"]?.string }.filter { !$0.contains("/deployments/") }
            #expect(removed.count == 5 && removed.allSatisfy { $0.contains("/roleAssignments/") }, "\(removed)")
            for part in ["service/adatum-apim", "service/contoso-standby", "fabrikambackups"] {
                #expect(removed.contains { $0.contains(part) }, "\(removed)")
            }
            #expect(!removed.contains { $0.contains("service/contoso-apim") || $0.contains("/contosobackups/") })
            let third = await azure.run(quick)
            #expect(third.output == "Everything is as wanted; nothing was changed.\n", "\(third.everything)")
        }
    }

    @Test func `lets the job read an instance whose inventory only is taken, and gives nobody more`() async throws {
        try await Self.with { azure, folder in
            let azure = azure.taking(.names)
            _ = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                instances: [contoso-apim, {name: northwind-apim, inventoryOnly: true}]
                """
            )
            let sheet = await azure.run(["permissions"] + Self.arguments(folder).dropFirst().dropLast(5))
            let page =
                sheet.output.ranges(of: "# Permissions for inventories of northwind-apim").first
                .map { String(sheet.output[$0.lowerBound...]) } ?? ""
            #expect(page.contains("| the job | API Management Service Reader Role | the instance northwind-apim |"))
            #expect(!page.contains("API_MANAGEMENT"), "\(sheet.everything)")
            let first = await azure.run(Self.arguments(folder))
            #expect(first.code == 0, "\(first.everything)")
            #expect(first.output.contains("The first backup is verified: contoso-apim-"), "\(first.everything)")
            #expect(
                first.errors.contains(
                    "+ API Management Service Reader Role for the job on Microsoft.ApiManagement/service northwind-apim"
                ),
                "\(first.errors)"
            )
            let listed = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            let states = (listed.document?.array ?? []).map { row in
                "\(row["instance"]?.string ?? "") \(row["state"]?.string ?? "")"
            }
            #expect(states.sorted() == ["contoso-apim verified", "northwind-apim inventoried"], "\(listed.everything)")
            let remote = await azure.run(
                "run",
                "--all",
                "--remote",
                "--deployment-group",
                "rg-backup",
                "--settings",
                folder.settings
            )
            #expect(remote.code == 0, "\(remote.everything)")
            let again = await azure.run(Self.arguments(folder))
            #expect(again.output == "Everything is as wanted; nothing was changed.\n", "\(again.everything)")
        }
    }

    @Test func `names what stands in the way, all of it, before anything is made`() async throws {
        try await Self.with { azure, folder in
            _ = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                instances: [gone-apim, tailwind-apim, {name: contoso-apim, storage: {account: gone}}]
                """
            )
            let run = await azure.run(Self.arguments(folder))
            #expect(run.code == 4, "\(run.everything)")
            for part in [
                "No API Management instance named 'gone-apim'", "StandardV2", "No storage account named 'gone'",
            ] {
                #expect(run.errors.contains(part), "\(run.errors)")
            }
            let rest = await azure.run(
                "deploy",
                "--host",
                "logic-app",
                "--settings",
                folder.settings,
                "--backup-storage-account-name",
                "a12"
            )
            #expect(rest.code == 64)
            for part in ["--host logic-app", "--resource-group is missing", "--backup-storage-account-name goes with"] {
                #expect(rest.errors.contains(part), "\(rest.errors)")
            }
        }
    }

    @Test func `prints the roles of each instance, for another team`() async throws {
        try await Self.with { azure, folder in
            let sheet = await azure.run(
                "permissions",
                "--host",
                "container-app-job",
                "--settings",
                folder.settings,
                "--resource-group",
                "rg-backup",
                "--format",
                "az"
            )
            #expect(sheet.code == 0, "\(sheet.everything)")
            for part in ["--name adatum-apim", "containers/nights", "--name contoso-standby", "apim-backup\"==", "all"]
            {
                #expect(sheet.output.contains(part), "\(sheet.output)")
            }
        }
    }
}

extension SettingsFolder {
    /// The settings file in it.
    fileprivate var settings: String { "\(self.path)/apim-backup.yaml" }
}
