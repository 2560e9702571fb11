import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("Deploying", .serialized, .timeLimit(.minutes(4)))
struct DeployTests {
    private static let image = "registry.example.com/apim-backup:1"

    /// The program lies beside the tests' own.
    private static var program: String {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "apim-backup").path
    }

    private static let arguments = [
        "deploy", "--host", "container-app-job", "--apim-name", "contoso-apim", "--backup-storage-account-name",
        "contosobackups", "--image", image, "--yes",
    ]

    private static func world(_ more: String = "", roles: String = "") -> String {
        """
        {"images": [{"name": "\(self.image)", "command": ["\(self.program)"]}],
         "roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"}\(roles)]
         \(more)}
        """
    }

    /// An emulator whose clock runs fast, with the programs that its jobs run.
    private static func with(
        _ world: String = world(),
        faults: String = "[]",
        scale: Int = LocalAzure.sharedTimeScale,
        _ body: @escaping @Sendable (LocalAzure) async throws -> Void
    ) async throws {
        try await LocalAzure.with(
            world: world,
            faults: faults,
            virtualStart: LocalAzure.sharedStart,
            timeScale: scale,
            body
        )
    }

    private static func deployments(_ azure: LocalAzure) async throws -> Int {
        try await azure.requests().filter { call in
            let path = call["path"]?.string?.prefix { $0 != "?" } ?? ""
            return call["method"]?.string == "PUT" && !path.contains("/apim-before-")
                && path.split(separator: "/").dropLast().last == "deployments"
        }.count
    }

    @Test func `sets the job up, makes the first backup by the job's own identity, and takes all away but the backup`()
        async throws
    {
        try await Self.with { azure in
            let first = await azure.run(Self.arguments)
            #expect(first.code == 0, "\(first.everything)")
            #expect(first.output.contains("The first backup is verified: contoso-apim-"), "\(first.output)")
            #expect(first.output.contains("Microsoft.App/jobs apim-backup-"))
            #expect(first.errors.contains("+ Microsoft.App/jobs apim-backup-"))
            #expect(first.errors.contains("is left as it is"), "\(first.errors)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
            let deployer = try await azure.requests().first { $0["path"]?.string?.contains("/start?") == true }
            #expect(deployer?["principal"]?.string != nil)
            #expect(accepted.first?["principal"]?.string != deployer?["principal"]?.string)
            let records = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            #expect(records.document?.array?.first?["state"]?.string == "verified")

            let count = try await Self.deployments(azure)
            let again = await azure.run(Self.arguments)
            #expect(again.code == 0, "\(again.everything)")
            #expect(again.output == "Everything is as wanted; nothing was changed.\n")
            let deployments1 = try await Self.deployments(azure)
            #expect(deployments1 == count)
            let accepted2 = try await azure.accepted()
            #expect(accepted2.count == 1)

            let remote = await azure.run("run", "contoso-apim", "--remote")
            #expect(remote.code == 0, "\(remote.everything)")
            let accepted3 = try await azure.accepted()
            #expect(accepted3.count == 2)

            let removed = await azure.run("undeploy", "--apim-name", "contoso-apim", "--yes")
            #expect(removed.code == 0, "\(removed.everything)")
            #expect(removed.errors.contains("- Microsoft.App/jobs apim-backup-"))
            #expect(removed.errors.contains("containers/apim-backups-catalog stays"), "\(removed.errors)")
            let left = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            #expect(left.document?.array?.count == 2)
            let nothing = await azure.run("undeploy", "--apim-name", "contoso-apim", "--yes")
            #expect(nothing.code == 4)
            #expect(nothing.errors.contains("Nothing was deployed for contoso-apim"))
            let gone = await azure.run("run", "contoso-apim", "--remote")
            #expect(gone.code == 4)
        }
    }

    @Test func `takes the instance by its resource id, and pulls the image as another identity`() async throws {
        try await Self.with { azure in
            let group = "/subscriptions/\(azure.ready.subscriptionID)/resourceGroups/rg-apim/providers"
            let puller = "\(group)/Microsoft.ManagedIdentity/userAssignedIdentities/apim-backup-runner"
            var arguments = Self.arguments + ["--set", "registry_identity_id=\(puller)"]
            arguments[4] = "\(group)/Microsoft.ApiManagement/service/contoso-apim"
            let run = await azure.run(arguments)
            #expect(run.code == 0, "\(run.everything)")
            #expect(run.output.contains("The first backup is verified"), "\(run.everything)")
            let jobs = try await azure.resource(.get, "\(group)/Microsoft.App/jobs", version: "2025-07-01")
            let job = try #require(jobs["value"]?.array?.first)
            #expect(job["identity"]?["userAssignedIdentities"]?.object?.count == 2)
            let registries = job["properties"]?["configuration"]?["registries"]?.array
            #expect(registries?.first?["server"]?.string == "registry.example.com")
            #expect(registries?.first?["identity"]?.string == puller)
            let again = await azure.run(arguments)
            #expect(again.output == "Everything is as wanted; nothing was changed.\n", "\(again.everything)")
        }
    }

    @Test(arguments: [
        (["container-app-job", "--image", image, "--set", "schedule_cron=61 1 * * *"], "schedule_cron: "),
        (["container-app-job", "--image", image, "--set", "time_zone=Mars/Olympus"], "time_zone: "),
        (["container-app-job", "--image", image, "--set", "registry_identity_id=me"], "registry_identity_id: "),
        (
            [
                "container-app-job", "--image", image, "--set", "schedule_cron=0 1 * * 0", "--set",
                "alert_email=a@b.example",
            ], "schedule_cron: its backups are up to 7 d apart"
        ),
        (
            [
                "container-app-job", "--image", image, "--set", "alert_email=a@b.example", "--set",
                "environment_id=/subscriptions/s/resourceGroups/g/providers/Microsoft.App/managedEnvironments/e",
            ], "alert_email: with environment_id nobody would be told"
        ),
        (["logic-app", "--set", "time_zone=Europe/Berlin"], "time_zone: Logic Apps know no zone 'Europe/Berlin'"),
        (["logic-app", "--set", "alert_email=nobody"], "alert_email: "),
        (["logic-app", "--set", "backup_name=fixed"], "backup_name: "),
        (["logic-app", "--apim-name", "/subscriptions/s"], "--apim-name: '/subscriptions/s' is not the resource id"),
    ])
    func `refuses inputs that Azure would take and no night could use`(_ more: [String], _ says: String) async throws {
        try await Self.with { azure in
            let run = await azure.run(
                ["deploy", "--apim-name", "contoso-apim", "--backup-storage-account-name", "contosobackups", "--yes"]
                    + ["--host"] + more
            )
            #expect(run.code == 64, "\(run.everything)")
            #expect(run.errors.contains(says), "\(run.errors)")
            #expect(!run.errors.contains("is missing"), "\(run.errors)")
        }
    }

    @Test func `enables the identity by changing nothing else, and waits until the new roles hold`() async throws {
        let world = Self.world(
            """
            , "instances": [{"name": "contoso-apim", "tier": "Developer", "systemAssigned": false, "tags": {"a": "b"}}],
            "timings": {"rolePropagationSeconds": 480, "backupSeconds": 60}
            """
        )
        // Slow enough that a start which is not let in ends within the three minutes that tell it from a failed backup.
        try await Self.with(world, scale: 30) { azure in
            let run = await azure.run(Self.arguments)
            #expect(run.code == 0, "\(run.everything)")
            #expect(run.errors.contains("gets a system-assigned identity"))
            #expect(run.errors.contains("It was not let in"), "\(run.errors)")
            #expect(run.output.contains("The first backup is verified"))
            let calls = try await azure.requests()
            #expect(calls.filter { $0["method"]?.string == "PATCH" }.count == 1)
            let starts = calls.filter { $0["path"]?.string?.contains("/start?") == true }
            #expect(starts.count > 1)
        }
    }

    @Test func `names the resource where it fails half-way, and goes on from there`() async throws {
        try await Self.with { azure in
            var wrong = Self.arguments
            wrong[8] = "registry.example.com/apim-backup:2"
            let failed = await azure.run(wrong)
            #expect(failed.code == 1, "\(failed.everything)")
            #expect(failed.errors.contains("Microsoft.App/jobs apim-backup-"))
            #expect(failed.errors.contains("InvalidParameterValueInContainerTemplate"))
            #expect(failed.errors.contains("There now:\n    Microsoft."))
            #expect(failed.errors.contains("Microsoft.ManagedIdentity/userAssignedIdentities"))
            let accepted4 = try await azure.accepted()
            #expect(accepted4.isEmpty)
            let mended = await azure.run(Self.arguments)
            #expect(mended.code == 0, "\(mended.everything)")
            let accepted5 = try await azure.accepted()
            #expect(accepted5.count == 1)
        }
    }

    @Test func `takes away what it has no use for any more: the wider role, alerts, and another host`() async throws {
        try await Self.with { azure in
            let common = [
                "deploy", "--apim-name", "contoso-apim", "--backup-storage-account-name", "contosobackups", "--yes",
                "--no-first-backup", "--host",
            ]
            let job = common + ["container-app-job", "--image", Self.image]
            func removed() async throws -> [String] {
                try await azure.requests().filter { $0["method"]?.string == "DELETE" }.compactMap { $0["path"]?.string }
                    .filter { !$0.contains("/deployments/") }
            }
            let first = await azure.run(common + ["logic-app", "--set", "alert_email=ops@example.com"])
            #expect(first.code == 0, "\(first.everything)")
            let silent = await azure.run(common + ["logic-app"])
            #expect(silent.code == 0, "\(silent.everything)")
            let alerts = try await removed()
            for type in ["scheduledQueryRules", "metricAlerts", "actionGroups", "workspaces"] {
                #expect(alerts.contains { $0.contains(type) }, "\(alerts)")
            }
            let other = await azure.run(job)
            #expect(other.code == 0, "\(other.everything)")
            #expect(
                other.errors.contains("- Microsoft.Logic/workflows logic-apim-backup-contoso-apim, no longer needed")
            )
            let host = try await removed().dropFirst(alerts.count)
            #expect(host.filter { $0.contains("/roleAssignments/") }.count == 2, "\(host)")
            #expect(host.contains { $0.contains("/workflows/") }, "\(host)")
            let least = await azure.run(job + ["--set", "least_privilege=true"])
            #expect(least.code == 0, "\(least.everything)")
            let roles = try await removed().dropFirst(alerts.count + host.count)
            #expect(roles.count == 1 && roles.first?.contains("service/contoso-apim/") == true, "\(roles)")
            let back = await azure.run(job)
            #expect(back.errors.contains("- Microsoft.Authorization/roleDefinitions "), "\(back.errors)")
            let again = await azure.run(job)
            #expect(again.output == "Everything is as wanted; nothing was changed.\n", "\(again.everything)")
        }
    }

    @Test func `what it would have taken away where it fails half-way, the next one and undeploy do`() async throws {
        try await Self.with { azure in
            let common = [
                "deploy", "--apim-name", "contoso-apim", "--backup-storage-account-name", "contosobackups", "--yes",
                "--no-first-backup", "--host",
            ]
            let job = common + ["container-app-job", "--image", Self.image]
            let wrong = common + ["container-app-job", "--image", "registry.example.com/apim-backup:2"]
            func removed() async throws -> [String] {
                try await azure.requests().filter { $0["method"]?.string == "DELETE" }.compactMap { $0["path"]?.string }
            }
            let first = await azure.run(common + ["logic-app", "--set", "alert_email=ops@example.com"])
            #expect(first.code == 0, "\(first.everything)")
            for _ in 1...2 {
                let failed = await azure.run(wrong)
                #expect(failed.code == 1, "\(failed.everything)")
                #expect(failed.errors.contains("are still there; the next deploy takes them away"), "\(failed.errors)")
            }
            let mended = await azure.run(job)
            #expect(mended.code == 0, "\(mended.everything)")
            let gone = try await removed()
            for type in ["/workflows/", "/scheduledQueryRules/", "/metricAlerts/", "/actionGroups/"] {
                #expect(gone.contains { $0.contains(type) }, "\(gone)")
            }
            #expect(gone.filter { $0.contains("/roleAssignments/") }.count == 2, "\(gone)")
            #expect(gone.last?.contains("/deployments/apim-before-contoso-apim") == true, "\(gone)")
            let again = await azure.run(job)
            #expect(again.output == "Everything is as wanted; nothing was changed.\n", "\(again.everything)")

            let alarmed = await azure.run(job + ["--set", "alert_email=ops@example.com"])
            #expect(alarmed.code == 0, "\(alarmed.everything)")
            #expect(await azure.run(wrong).code == 1)
            let undone = await azure.run("undeploy", "--apim-name", "contoso-apim", "--yes")
            #expect(undone.code == 0, "\(undone.everything)")
            let taken = try await removed().dropFirst(gone.count)
            for type in ["/scheduledQueryRules/", "/actionGroups/", "/jobs/", "/userAssignedIdentities/"] {
                #expect(taken.contains { $0.contains(type) }, "\(taken)")
            }
        }
    }

    @Test func `goes on to the first backup where what was kept of the one before cannot be let go`() async throws {
        let fault = #"""
            [{"method": "DELETE", "path": "*/deployments/apim-before-*", "status": 409, "code": "DeploymentActive",
              "message": "It is at work.", "always": true}]
            """#
        try await Self.with(faults: fault) { azure in
            let first = await azure.run(Self.arguments + ["--no-first-backup"])
            #expect(first.code == 0, "\(first.everything)")
            let second = await azure.run(Self.arguments + ["--set", "least_privilege=true"])
            #expect(second.code == 0, "\(second.everything)")
            #expect(second.errors.contains("what was deployed before stays; the next change"), "\(second.errors)")
            #expect(second.errors.contains("409 DeploymentActive"), "\(second.errors)")
            #expect(second.output.contains("The first backup is verified"), "\(second.everything)")
            let again = await azure.run(Self.arguments + ["--set", "least_privilege=true"])
            #expect(again.output == "Everything is as wanted; nothing was changed.\n", "\(again.everything)")
        }
    }

    @Test func `shows what would be changed, and changes nothing, with --dry-run or where nobody can say yes`()
        async throws
    {
        try await Self.with { azure in
            let dry = await azure.run(Array(Self.arguments.dropLast()) + ["--dry-run"])
            #expect(dry.code == 0, "\(dry.everything)")
            #expect(dry.errors.contains("+ Microsoft.App/jobs apim-backup-"))
            #expect(dry.errors.contains("+ API Management Service Operator Role for the job on the instance"))
            let silent = await azure.run(Array(Self.arguments.dropLast()))
            #expect(silent.code == 64)
            #expect(silent.errors.contains("--yes"))
            let deployments6 = try await Self.deployments(azure)
            #expect(deployments6 == 0)
        }
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var more = ""
        var roles = ""
        var replacing: [Int: String] = [:]
        var adding: [String] = []
        var says: String

        private static func missing(_ type: String) -> String {
            "/subscriptions/SUBSCRIPTION/resourceGroups/rg-apim/providers/\(type)/gone"
        }

        static let all = [
            Mistake(
                testDescription: "an unknown instance",
                replacing: [4: "gone-apim"],
                says: "No API Management instance"
            ),
            Mistake(testDescription: "a tier without backup", replacing: [4: "tailwind-apim"], says: "StandardV2"),
            Mistake(
                testDescription: "an unknown account",
                replacing: [6: "gone"],
                says: "No storage account named 'gone'"
            ),
            Mistake(testDescription: "a name that Azure forbids", replacing: [6: "No!"], says: "lower-case letters"),
            Mistake(
                testDescription: "an unknown group",
                adding: ["--resource-group", "gone"],
                says: "az group create"
            ),
            Mistake(
                testDescription: "a region without Container Apps",
                more: #", "rules": {"containerAppsRegions": ["northeurope"]}"#,
                says: "The region westeurope has no Microsoft.App/jobs"
            ),
            Mistake(
                testDescription: "a lock",
                more:
                    #", "locks": [{"name": "frozen", "scope": "storageAccount:contosobackups", "level": "ReadOnly"}]"#,
                says: "frozen"
            ),
            Mistake(
                testDescription: "records that may not be written anew",
                more: """
                    , "storageAccounts": [{"name": "contosobackups", "containers": [
                        "apim-backups", {"name": "apim-backups-catalog", "immutableDays": 7}]}]
                    """,
                says: "immutability policy"
            ),
            Mistake(
                testDescription: "a firewall that keeps the job out",
                more: #", "storageAccounts": [{"name": "contosobackups", "firewallDefaultDeny": true}]"#,
                says: "--set subnet_id=ID"
            ),
            Mistake(
                testDescription: "a firewall that keeps API Management out",
                more:
                    #", "storageAccounts": [{"name": "contosobackups", "firewallDefaultDeny": true, "trustedServicesBypass": false}]"#,
                says: "--bypass AzureServices"
            ),
            Mistake(
                testDescription: "an environment that is not there",
                adding: ["--set", "environment_id=\(Self.missing("Microsoft.App/managedEnvironments"))"],
                says: "There is no Microsoft.App/managedEnvironments gone, which environment_id names."
            ),
            Mistake(
                testDescription: "an identity that is not there",
                adding: [
                    "--set", "registry_identity_id=\(Self.missing("Microsoft.ManagedIdentity/userAssignedIdentities"))",
                ],
                says: "which registry_identity_id names"
            ),
            Mistake(
                testDescription: "an identity that the instance does not have",
                adding: [
                    "--set", "access_identity_id=\(Self.missing("Microsoft.ManagedIdentity/userAssignedIdentities"))",
                ],
                says: "The instance contoso-apim does not have the identity /subscriptions/"
            ),
            Mistake(
                testDescription: "a subscription of another tenant",
                adding: ["--subscription", "11111111-2222-4333-8444-555555555555"],
                says: "Check --subscription, and that the identity is of the subscription's tenant"
            ),
            Mistake(
                testDescription: "backups that could not be deleted, where they are to be",
                more:
                    #", "storageAccounts": [{"name": "contosobackups", "containers": [{"name": "apim-backups", "immutableDays": 7}]}]"#,
                adding: ["--set", "retention_may_delete=true"],
                says: "the job is to delete backups there"
            ),
            Mistake(
                testDescription: "several at once",
                replacing: [4: "tailwind-apim", 6: "gone"],
                says: "2 things stand"
            ),
        ]
    }

    @Test(arguments: Mistake.all)
    func `says what stands in the way before anything is made`(_ mistake: Mistake) async throws {
        try await Self.with(Self.world(mistake.more, roles: mistake.roles)) { azure in
            var arguments = Self.arguments + mistake.adding
            arguments = arguments.map { $0.replacing("SUBSCRIPTION", with: azure.ready.subscriptionID) }
            for (index, text) in mistake.replacing { arguments[index] = text }
            let run = await azure.run(arguments)
            #expect([4, 64].contains(run.code), "\(run.everything)")
            #expect(run.errors.contains(mistake.says), "\(run.errors)")
            let deployments7 = try await Self.deployments(azure)
            #expect(deployments7 == 0)
        }
    }

    @Test func `is stopped by a lock on the group once, and by none on its neighbour`() async throws {
        func locked(_ scope: String) -> String {
            Self.world(#", "locks": [{"name": "frozen", "scope": "\#(scope)", "level": "ReadOnly"}]"#)
        }
        try await Self.with(locked("instance:contoso-standby")) { azure in
            let run = await azure.run(Array(Self.arguments.dropLast()) + ["--dry-run"])
            #expect(run.code == 0, "\(run.everything)")
        }
        try await Self.with(locked("group:rg-apim")) { azure in
            let run = await azure.run(Self.arguments)
            #expect(run.code == 4, "\(run.everything)")
            #expect(run.errors.ranges(of: "The lock ").count == 1, "\(run.errors)")
        }
    }

    @Test func `names the rights that who deploys lacks`() async throws {
        let world = Self.world().replacing(#""role": "Owner""#, with: #""role": "Contributor""#)
        try await Self.with(world) { azure in
            let run = await azure.run(Self.arguments)
            #expect(run.code == 4, "\(run.everything)")
            #expect(run.errors.contains("Microsoft.Authorization/roleAssignments/write"), "\(run.errors)")
            #expect(run.errors.contains("assign_roles=false"))
            let deployments8 = try await Self.deployments(azure)
            #expect(deployments8 == 0)
        }
    }
}
