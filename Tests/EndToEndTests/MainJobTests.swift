import AzureEmulator
import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("The main job, through sockets", .timeLimit(.minutes(2)))
struct MainJobTests {
    @Test func `backs up, proves the blob, records the run, lists and shows it`() async throws {
        try await LocalAzure.with { azure in
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let summary = try #require(run.summary)
            #expect(summary["outcome"]?.string == "verified")
            #expect(summary["instance"]?.string == "contoso-apim")
            #expect(summary["error"] == .null)
            let name = try #require(summary["backup"]?["name"]?.string)
            #expect(try Regex(#"contoso-apim-\d{8}T\d{6}Z\.apimbackup"#).wholeMatch(in: name) != nil)
            #expect(summary["backup"]?["bytes"]?.integer == 614_400)
            #expect(
                run.lines.compactMap { $0["state"]?.string }
                    == ["planned", "posting", "accepted", "proving", "ended", "ended"]
            )

            let list = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            let row = try #require(list.document?.array?.first)
            #expect(row["state"]?.string == "verified")
            #expect(row["backupName"]?.string == name)
            #expect(row["restorable"] == .boolean(true))

            for reference in [name, "contoso-apim", try #require(summary["run"]?.string)] {
                let show = await azure.run("show", reference, "--storage-account", "contosobackups", "--format", "json")
                let record = try #require(show.document, "\(show.everything)")
                #expect(record["version"]?.integer == 1)
                #expect(record["outcome"]?.string == "verified")
                #expect(record["service"]?["properties"]?["gatewayUrl"]?.string?.isEmpty == false)
                #expect(record["service"]?["sku"]?["name"]?.string == "Developer")
                #expect(record["attempts"]?.array?.first?["requestId"]?.string?.isEmpty == false)
                #expect(record["restoreCommand"]?.string?.contains("/restore?api-version=2024-05-01") == true)
            }
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `marks every call with the program and the run`() async throws {
        try await LocalAzure.with { azure in
            let run = try #require(await azure.backUp().summary?["run"]?.string)
            let calls = try await azure.requests()
            let ours = calls.filter { $0["userAgent"]?.string?.hasPrefix("apim-backup/") == true }
            #expect(!ours.isEmpty)
            for part in ["resources?", "/backup?", "operationresults", "/apim-backups-catalog"] {
                #expect(ours.contains { $0["path"]?.string?.contains(part) == true }, "\(part)")
            }
            #expect(ours.contains { $0["host"]?.string == "identity" })
            // The cloud's endpoints are nobody's run.
            let others = ours.filter { $0["clientRequestId"]?.string != run }.compactMap { $0["path"]?.string }
            #expect(others.allSatisfy { $0.hasPrefix("/metadata/endpoints") }, "\(others)")
        }
    }

    @Test func `gives runs of one second an id each, made before their instances are looked up`() async throws {
        try await LocalAzure.with { azure in
            let run = await azure.run([
                "run", "contoso-apim", "contoso-standby", "--storage-account", "contosobackups", "--format", "json",
            ])
            let runs = run.lines.filter { $0["type"]?.string == "summary" }.compactMap { $0["run"]?.string }
            #expect(Set(runs).count == 2, "\(run.everything)")
            let ids = try await azure.requests().filter { $0["path"]?.string?.contains("resources?") == true }
                .compactMap { $0["clientRequestId"]?.string }
            #expect(Set(ids) == Set(runs))
        }
    }

    @Test func `returns at once with --no-wait, and the next run follows instead of posting`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            let first = await azure.backUp("contoso-apim", "--no-wait")
            #expect(first.code == 0)
            #expect(first.summary?["outcome"] == .null)
            #expect(first.summary?["state"]?.string == "accepted")
            let second = try await azure.endingBackupsOnceFollowed { await azure.backUp() }
            #expect(second.code == 0)
            #expect(second.summary?["reattached"] == .boolean(true))
            #expect(second.summary?["run"] == first.summary?["run"])
            #expect(second.summary?["outcome"]?.string == "verified")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `posts every night with --no-wait, and looks at last night's backup first`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            for night in 1...3 {
                let run = await azure.backUp("contoso-apim", "--no-wait")
                #expect(run.code == 0, "\(run.everything)")
                let accepted = try await azure.accepted()
                #expect(accepted.count == night)
                try await azure.endBackups()
            }
            let list = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            // Nights of one second come in any order.
            let states = list.document?.array?.compactMap { $0["state"]?.string }.sorted()
            #expect(states == ["under way", "verified", "verified"])
        }
    }

    @Test func `says that the backup goes on when it is interrupted, and a later run finishes it`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            let stop = StopSignal()
            async let interrupted = azure.run(
                ["run", "contoso-apim", "--storage-account", "contosobackups"],
                stop: stop
            )
            try await azure.untilAccepted()
            stop.raise()
            let first = await interrupted
            #expect(first.code == 130)
            #expect(first.errors.contains("goes on in Azure"))
            let second = try await azure.endingBackupsOnceFollowed { await azure.backUp() }
            #expect(second.summary?["outcome"]?.string == "verified")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `leaves a backup that takes longer than --timeout to the next run, also where another one was watched`()
        async throws
    {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            let first = await azure.backUp("contoso-apim", "--timeout", "30s")
            #expect(first.code == 5, "\(first.everything)")
            #expect(first.summary?["outcome"]?.string == "unknown")
            #expect(first.summary?["state"]?.string == "accepted")
            #expect(first.summary?["error"]?["code"]?.string == "notSeenToTheEnd")
            #expect(first.summary?["backup"]?["name"]?.string != nil)
            let told = await azure.run([
                "run", "contoso-apim", "--storage-account", "contosobackups", "--timeout", "1s",
            ])
            #expect(
                told.errors.contains("To follow it:  apim-backup run contoso-apim --storage-account contosobackups\n")
            )
            let again = await azure.run(
                ["resume", "contoso-apim", "--storage-account", "contosobackups", "--timeout", "30s"]
            )
            #expect(again.code == 5, "\(again.everything)")
            #expect(again.errors.contains("To follow it:"), "\(again.everything)")
            let second = try await azure.endingBackupsOnceFollowed { await azure.backUp() }
            #expect(second.summary?["run"] == first.summary?["run"])
            #expect(second.summary?["outcome"]?.string == "verified")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `creates both containers, private, where they are missing`() async throws {
        let world = """
            {"storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim", "containers": []}],
             "roleAssignments": [{"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
                                  "scope": "storageAccount:contosobackups"}]}
            """
        try await LocalAzure.with(world: world) { azure in
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let created = try await azure.requests().filter {
                $0["method"]?.string == "PUT" && $0["status"]?.integer == 201
                    && $0["path"]?.string?.split(separator: "/").count == 2
            }
            #expect(
                Set(
                    created.compactMap { $0["path"]?.string?.split(separator: "/").last?.prefix { $0 != "?" } }.map(
                        String.init
                    )
                )
                    == ["apim-backups", "apim-backups-catalog"]
            )
        }
    }

    struct Access: CustomTestStringConvertible {
        var testDescription: String
        var world: String
        var options: [String]
        var key = false
        var accessType: String

        static let all: [Self] = [
            Self(
                testDescription: "user-assigned",
                world: """
                    {"identities": [{"name": "writer", "resourceGroup": "rg-apim",
                                     "clientId": "11111111-2222-3333-4444-555555555555"}],
                     "instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                    "systemAssigned": false, "identities": ["writer"]}],
                     "roleAssignments": [{"principal": "writer", "role": "Storage Blob Data Contributor",
                                          "scope": "container:contosobackups/apim-backups"}]}
                    """,
                options: ["--access-client-id", "11111111-2222-3333-4444-555555555555"],
                accessType: "UserAssignedManagedIdentity"
            ),
            Self(
                testDescription: "access key",
                world: """
                    {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                    "systemAssigned": false}]}
                    """,
                options: ["--access-type", "AccessKey"],
                key: true,
                accessType: "AccessKey"
            ),
        ]
    }

    @Test(arguments: Access.all)
    func `backs up with the other access types, and never shows a key`(_ access: Access) async throws {
        try await LocalAzure.with(world: access.world) { azure in
            var azure = azure
            if access.key { azure.environment["APIM_BACKUP_ACCESS_KEY"] = azure.ready.storageKey }
            let run = await azure.run(
                ["run", "contoso-apim", "--storage-account", "contosobackups", "--format", "json"] + access.options
            )
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
            let show = await azure.run(
                "show",
                "contoso-apim",
                "--storage-account",
                "contosobackups",
                "--format",
                "json"
            )
            #expect(show.document?["access"]?["type"]?.string == access.accessType)
            #expect(!(run.everything + show.everything).contains(azure.ready.storageKey))
        }
    }

    /// An identity that may start backups of one instance, and nothing else anywhere.
    static let operatorOnly = """
        {"keepRoleAssignments": false, "roleAssignments": [
            {"principal": "apim-backup-runner", "role": "API Management Service Operator Role",
             "scope": "instance:contoso-apim"},
            {"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
             "scope": "container:contosobackups/apim-backups"}]}
        """

    @Test func `makes the backup unverified with no right but the Operator role on the instance`() async throws {
        try await LocalAzure.with(world: Self.operatorOnly) { azure in
            let run = await azure.backUp()
            #expect(run.code == 6, "\(run.everything)")
            #expect(run.summary?["outcome"]?.string == "unverified")
            // The first call that is refused reads; what the record needs is the right to write.
            #expect(run.errors.contains("'Storage Blob Data Contributor'"), "\(run.errors)")
            #expect(!run.errors.contains("'Storage Blob Data Reader'"), "\(run.errors)")
            let record = try #require(run.lines.first { $0["type"]?.string == "record" }?["record"])
            #expect(record["outcome"]?.string == "unverified")
            let allowed = await azure.backUp("contoso-apim", "--allow-unverified")
            #expect(allowed.code == 0)
            let accepted = try await azure.accepted()
            #expect(accepted.count == 2)
        }
    }

    @Test func `puts the record into a folder where the container does not take it, and re-attaches from there`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "records-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await LocalAzure.with(
            world: Self.operatorOnly.replacing("{\"keep", with: "{\"timings\": {\"backupSeconds\": 604800}, \"keep")
        ) { azure in
            let first = await azure.backUp("contoso-apim", "--records", folder.path, "--no-wait")
            #expect(first.code == 0, "\(first.everything)")
            let second = try await azure.endingBackupsOnceFollowed {
                await azure.backUp("contoso-apim", "--records", folder.path)
            }
            #expect(second.summary?["reattached"] == .boolean(true))
            #expect(second.code == 6)
            #expect(!second.output.contains(#""type":"record""#))
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `is verified, with a warning, where the operation may not be read but the blob may`()
        async throws
    {
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
        try await LocalAzure.with(world: world) { azure in
            let run = await azure.backUp()
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
            #expect(run.summary?["warnings"]?.array?.first?.string?.contains("operationresults/read") == true)
        }
    }
}
