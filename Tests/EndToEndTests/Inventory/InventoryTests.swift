import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Inventory
import Testing

@Suite("Inventories, through sockets", .timeLimit(.minutes(5)))
struct InventoryTests {
    @Test func `a backup says what lay in the instance, by default`() async throws {
        try await LocalAzure.with { azure in
            var azure = azure
            azure.environment["APIM_BACKUP_INVENTORY"] = nil
            azure.environment["APIM_BACKUP_STORAGE_ACCOUNT"] = "contosobackups"
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let record = try #require(await azure.run("show", "contoso-apim", "--format", "json").document)
            let inventory = try #require(record["inventory"])
            #expect(inventory["level"]?.string == "names")
            #expect(inventory["error"] == nil)
            #expect(inventory["counts"]?["apis"]?.integer == 37)
            #expect(inventory["counts"]?["apis/operations"]?.integer == 180)
            #expect(inventory["gaps"]?.integer == 1)
            let contents = await azure.run("show", "contoso-apim", "--contents")
            #expect(contents.code == 0, "\(contents.everything)")
            #expect(contents.output.contains("orders-v1/list-orders"))
            #expect(contents.output.contains("GET  /orders"))
            #expect(contents.output.contains("workspaces: the instance's tier does not offer it"))
            let document = try #require(
                await azure.run("show", "contoso-apim", "--contents", "--format", "json").document
            )
            #expect(document["digest"]?.string == inventory["digest"]?.string)
            #expect(document["inventory"]?["items"]?.array?.isEmpty == false)
        }
    }

    @Test func `nights on which nothing changed file one inventory`() async throws {
        try await LocalAzure.with { azure in
            let azure = azure.taking(.full)
            for _ in 1...3 { #expect(await azure.backUp().code == 0) }
            try await azure.withBlobs { blobs in
                let page = try await blobs.list(
                    "apim-backups-catalog",
                    prefix: "v1/inventories/",
                    delimiter: nil,
                    marker: nil
                )
                #expect(page.blobs.count == 1)
            }
        }
    }

    @Test func `whoever may not read has a backup all the same, and the record says why there is no inventory`()
        async throws
    {
        let world = """
            {"keepRoleAssignments": false,
             "roles": [{"name": "Backup only", "id": "aaaaaaaa-0000-4000-8000-000000000001", "actions": [
                "Microsoft.ApiManagement/service/read", "Microsoft.ApiManagement/service/backup/action",
                "Microsoft.ApiManagement/service/operationresults/read"]}],
             "roleAssignments": [
                {"principal": "apim-backup-runner", "role": "Backup only", "scope": "instance:contoso-apim"},
                {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
                 "scope": "storageAccount:contosobackups"},
                {"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
                 "scope": "container:contosobackups/apim-backups"}]}
            """
        try await LocalAzure.with(world: world) { azure in
            let azure = azure.taking(.names)
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let record = try #require(await azure.run("show", "contoso-apim", "--format", "json").document)
            #expect(record["inventory"]?["error"]?["code"]?.string == "permissionDenied")
            #expect(record["inventory"]?["digest"] == nil)
            let contents = await azure.run("show", "contoso-apim", "--contents")
            #expect(contents.code == 4)
            #expect(contents.errors.contains("has no inventory"))
            #expect(contents.errors.contains("may not read what lies in contoso-apim"))
        }
    }

    @Test func `an instance whose tier has no backup has an inventory with its refusal`() async throws {
        try await LocalAzure.with { azure in
            let azure = azure.taking(.names)
            let run = await azure.backUp("northwind-apim")
            #expect(run.code == 4)
            let record = try #require(await azure.run("show", "northwind-apim", "--format", "json").document)
            #expect(record["outcome"]?.string == "refused")
            #expect(record["inventory"]?["counts"]?["apis"]?.integer == 37)
            // No users, groups, identity providers, gateways and workspaces in this tier.
            #expect(record["inventory"]?["gaps"]?.integer == 5)
            #expect(await azure.run("diff", "northwind-apim", "live").code == 0)
        }
    }

    @Test func `a run without an inventory names the nearest one with`() async throws {
        try await LocalAzure.with { azure in
            let with = try #require(await azure.taking(.names).backUp().summary?["run"]?.string)
            let without = try #require(await azure.taking(.off).backUp().summary?["run"]?.string)
            let shown = await azure.taking(.off).run("show", without, "--contents")
            #expect(shown.code == 4)
            #expect(shown.errors.contains("apim-backup show \(with) --contents"), "\(shown.errors)")
        }
    }

    @Test func `an API that was deleted is found in the last backup that holds it`() async throws {
        try await LocalAzure.with(world: LocalAzure.editableWorld) { azure in
            let azure = azure.taking(.names)
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            try await azure.edit(.delete, "apis/stock-v1")
            #expect(await azure.backUp().code == 0)
            let found = await azure.run("find", "api", "stock*", "--instance", "contoso-apim")
            #expect(found.code == 0, "\(found.everything)")
            #expect(found.output.contains("contoso-apim: API stock-v1 (Stock API): last present"))
            #expect(found.output.contains("gone since"))
            #expect(found.output.contains("the backup \(backup) holds it, and restores until"))
            #expect(
                found.output.contains(
                    "apim-backup restore --backup \(backup) --to NAME --storage-account contosobackups"
                )
            )
            let only = await azure.run("diff", "latest", "live")
            #expect(only.code == 0, "\(only.everything)")
            let there = await azure.run("find", "operation", "list-orders")
            #expect(there.output.contains("operation orders-v1/list-orders (List orders): present"))

            let record = try #require(await azure.run("show", "contoso-apim", "--format", "json").document)
            let changes = try #require(record["inventory"]?["changes"])
            #expect(changes["added"]?.integer == 0)
            #expect((changes["removed"]?.integer ?? 0) >= 1)
            #expect(changes["changed"]?.integer == 0)

            let none = await azure.run("find", "product", "nothing*")
            #expect(none.code == 4)
            #expect(none.errors.contains("There are: internal, partner, starter, unlimited."), "\(none.errors)")
            let lacking = await azure.run("find", "gateway", "*")
            #expect(lacking.errors.contains("They hold 36 APIs, "), "\(lacking.errors)")
            let instance = await azure.run("find", "api", "*", "--instance", "contoso")
            #expect(instance.code == 4)
            #expect(instance.errors.contains("There are runs of: contoso-apim."), "\(instance.errors)")
            let time = await azure.run("diff", "2026-13-45", "latest")
            #expect(time.code == 64)
            #expect(time.errors.contains("'2026-13-45' is no time"), "\(time.errors)")
            let kind = await azure.run("find", "aip", "x")
            #expect(kind.code == 64)
            #expect(kind.errors.contains("Kinds are:"))

            let log = await azure.run("log", "contoso-apim")
            #expect(log.code == 0, "\(log.everything)")
            #expect(log.output.contains("0 added, "))
            #expect(log.output.contains("- API stock-v1 (Stock API) with 5 operations, 1 policy"))
            #expect(log.output.contains("az monitor activity-log list"))
        }
    }

    @Test func `find reads no record but that of the backup it names, and names none that was deleted`() async throws {
        try await LocalAzure.with(world: LocalAzure.editableWorld) { azure in
            let azure = azure.taking(.names)
            var backups: [String] = []
            for _ in 1...3 {
                backups.append(try #require(await azure.backUp().summary?["backup"]?["name"]?.string))
            }
            try await azure.edit(.delete, "apis/stock-v1")
            #expect(await azure.backUp().code == 0)
            func records() async throws -> Int {
                try await azure.requests().compactMap { $0["path"]?.string }.filter {
                    $0.contains("/v1/runs/") && $0.contains(".json")
                }.count
            }
            let before = try await records()
            let found = await azure.run("find", "api", "stock*")
            #expect(found.output.contains("the backup \(backups[2]) holds it"), "\(found.everything)")
            #expect(try await records() - before == 1)
            let (oldest, later) = (backups[0], Array(backups.dropFirst()))
            try await azure.withBlobs { blobs in
                for name in later {
                    _ = try await blobs.delete(name, in: "apim-backups", condition: .always)
                }
            }
            let older = await azure.run("find", "api", "stock*")
            #expect(older.output.contains("the backup \(oldest) holds it"), "\(older.everything)")
            try await azure.withBlobs { blobs in
                _ = try await blobs.delete(oldest, in: "apim-backups", condition: .always)
            }
            let none = await azure.run("find", "api", "stock*")
            #expect(
                none.output.contains("no verified backup that Azure can still restore holds it"),
                "\(none.everything)"
            )
        }
    }

    @Test(arguments: [
        (403, "AuthorizationPermissionMismatch", "whether it still lies there could not be looked at: "),
        (404, "ContainerNotFound", "no verified backup that Azure can still restore holds it"),
    ])
    func `find says what it can where nobody may look at backups, or their container is gone`(
        _ status: Int,
        _ code: String,
        _ says: String
    ) async throws {
        // Each of the two runs looks before its POST and after it.
        let faults = """
            [{"host": "blob", "method": "HEAD", "path": "*/apim-backups/*", "skip": 4, "always": true,
              "status": \(status), "code": "\(code)"}]
            """
        try await LocalAzure.with(world: LocalAzure.editableWorld, faults: faults) { azure in
            let azure = azure.taking(.names)
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            try await azure.edit(.delete, "apis/stock-v1")
            #expect(await azure.backUp().code == 0)
            let found = await azure.run("find", "api", "stock*")
            #expect(found.code == 0, "\(found.everything)")
            #expect(found.output.contains("gone since") && found.output.contains(says), "\(found.everything)")
            let row = await azure.run("find", "api", "stock*", "--format", "json").document?.array?.first
            #expect(row?["backup"]?.string == (status == 403 ? backup : nil))
            #expect(row?["backupIntact"] == nil)
        }
    }

    @Test(arguments: [(InventoryLevel.names, 250), (.full, 2_400)])
    func `a hundred APIs with twenty operations take no more calls than promised`(
        _ level: InventoryLevel,
        _ most: Int
    ) async throws {
        let operations = (1...20).map { number in
            #"{"name": "op-\#(number)", "properties": {"displayName": "Op \#(number)", "method": "GET", "urlTemplate": "/\#(number)"}}"#
        }.joined(separator: ",")
        let apis = (1...100).map { number in
            #"{"name": "api-\#(number)", "properties": {"displayName": "API \#(number)", "path": "p\#(number)"}, "operations": [\#(operations)]}"#
        }.joined(separator: ",")
        let world = """
            {"throttling": {"enabled": false}, "instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
              "configuration": {"apis": [\(apis)], "products": ["starter", "partner", "internal", "unlimited"]}}]}
            """
        try await LocalAzure.with(world: world) { azure in
            let azure = azure.taking(level)
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let calls = try await azure.requests().compactMap { $0["path"]?.string }.filter { path in
                path.contains("/service/contoso-apim/") && !path.contains("operationresults")
                    && !path.contains("/backup?")
            }
            let record = try #require(await azure.run("show", "contoso-apim", "--format", "json").document)
            #expect(record["inventory"]?["error"] == nil, "\(record["inventory"] ?? .null)")
            #expect(record["inventory"]?["calls"]?.integer == Int64(calls.count))
            #expect(calls.count <= most)
            // The formula of GatheringPlan: 100 APIs, 2,000 operations, 4 products, no gateways and workspaces.
            let formula = level == .names ? 25 + 2 * 100 + 3 * 4 : 25 + 3 * 100 + 2_000 + 3 * 4
            #expect(calls.count == formula)
            #expect(record["inventory"]?["counts"]?["apis/operations"]?.integer == 2_000)
        }
    }
}
