import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("Instances of which only inventories are taken, through sockets", .timeLimit(.minutes(2)))
struct InventoryOnlyTests {
    static func settings(schedule: String, _ more: String = "", contoso: String = "") -> String {
        """
        version: 1
        storage: {account: contosobackups}
        schedule: \(schedule)
        serve: {listen: "127.0.0.1:0"}
        instances:
          - {name: northwind-apim, inventoryOnly: true}
          - {name: tailwind-apim, inventoryOnly: true}
        \(contoso)
        \(more)
        """
    }

    /// A world in which nobody may read what lies in `northwind-apim`, only that it is there.
    static let unreadable = """
        {"keepRoleAssignments": false,
         "roles": [{"name": "Service only", "id": "aaaaaaaa-0000-4000-8000-000000000001",
                    "actions": ["Microsoft.ApiManagement/service/read"]}],
         "roleAssignments": [
            {"principal": "apim-backup-runner", "role": "Service only", "scope": "instance:northwind-apim"},
            {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
             "scope": "storageAccount:contosobackups"}]}
        """

    @Test func `are read when their schedule says, each time once, and every command knows them`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(Self.settings(schedule: "{every: \(DueTests.interval.option)}"))
            try await LocalAzure.with { azure in
                var azure = azure
                azure.environment["APIM_BACKUP_INVENTORY"] = nil
                let due = await azure.run("run", "--all", "--due", "--settings", file, "--format", "json")
                #expect(due.code == 0, "\(due.everything)")
                let total = try #require(due.lines.last)
                #expect(total["outcomes"]?["inventoried"]?.integer == 2, "\(due.everything)")
                #expect(total["failures"]?.array?.isEmpty == true)
                let again = await azure.run("run", "--all", "--due", "--settings", file)
                #expect(again.errors.contains("Nothing of 2 instances is due"), "\(again.everything)")
                let accepted = try await azure.accepted()
                #expect(accepted.isEmpty)
                let status = await azure.run("status", "--settings", file)
                #expect(status.code == 0, "\(status.everything)")
                #expect(status.output.contains("northwind-apim: inventory only"), "\(status.output)")
                #expect(status.output.contains("Its tier, Consumption, has no backup: only its inventory is taken."))
                let list = await azure.run("list", "northwind-apim", "--settings", file)
                #expect(list.code == 0 && list.output.contains("inventoried"), "\(list.everything)")
                let history = await azure.run("schedule", "history", "northwind-apim", "--settings", file)
                #expect(history.output.contains("inventoried"), "\(history.everything)")
                let contents = await azure.run("show", "northwind-apim", "--contents", "--settings", file)
                #expect(contents.output.contains("orders-v1/list-orders"), "\(contents.everything)")
                let diff = await azure.run("diff", "northwind-apim", "live", "--settings", file)
                #expect(diff.code == 0, "\(diff.everything)")
                let found = await azure.run(
                    "find",
                    "api",
                    "orders-v1",
                    "--instance",
                    "tailwind-apim",
                    "--settings",
                    file
                )
                #expect(found.code == 0 && found.output.contains("tailwind-apim: API orders-v1"), "\(found.everything)")
                let log = await azure.run("log", "northwind-apim", "--settings", file)
                #expect(log.code == 0, "\(log.everything)")
                let verified = await azure.run("verify", "--all", "--settings", file)
                #expect(verified.code == 0, "\(verified.everything)")
            }
        }
    }

    @Test func `are read by hand, and without a setting the refusal says how`() async throws {
        try await LocalAzure.with { azure in
            let azure = azure.taking(.names)
            let refused = await azure.run("run", "northwind-apim")
            #expect(refused.code == 4)
            #expect(refused.errors.contains("'inventoryOnly: true'"), "\(refused.everything)")
            let taken = await azure.run("run", "northwind-apim", "--inventory-only")
            #expect(taken.code == 0, "\(taken.everything)")
            #expect(taken.output.hasPrefix("inventoried  northwind-apim"), "\(taken.output)")
            // The refusal has an inventory too.
            #expect(taken.output.contains("nothing changed since"), "\(taken.output)")
            let nothing = await azure.taking(.off).run("run", "northwind-apim", "--inventory-only")
            #expect(nothing.code == 64, "\(nothing.everything)")
            #expect(nothing.errors.contains("'inventory: off' takes none"))
            let due = await azure.run("run", "northwind-apim", "--inventory-only", "--due")
            #expect(due.code == 64, "\(due.everything)")
            // Nobody said that it is not to be backed up, but the newest run tells.
            #expect(await azure.run("status", "northwind-apim").code == 0)
        }
    }

    @Test func `a reading that fails is told as such, and never as a backup`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                _ = try folder.write("\(receiver.origin)/hook", to: "hook-url")
                let channel = "notifications: {channels: [{name: pager, type: webhook, urlFile: hook-url}]}"
                let text = Self.settings(schedule: "{every: \(DueTests.interval.option)}", channel)
                let file = try folder.write(
                    text.replacing("  - {name: tailwind-apim, inventoryOnly: true}\n", with: "")
                )
                try await LocalAzure.with(world: Self.unreadable) { azure in
                    var azure = azure
                    azure.environment["APIM_BACKUP_INVENTORY"] = nil
                    let due = await azure.run("run", "--all", "--due", "--settings", file)
                    #expect(due.code == 1, "\(due.everything)")
                    #expect(due.errors.contains("Told pager: No inventory was taken: northwind-apim"), "\(due.errors)")
                    let status = await azure.run("status", "--settings", file)
                    #expect(status.code == 1)
                    #expect(status.output.contains("No inventory was ever taken."), "\(status.output)")
                    let doctor = await azure.run("doctor", "--settings", file)
                    #expect(doctor.code == 1, "\(doctor.everything)")
                    #expect(doctor.output.contains("may not read what lies in the instance"), "\(doctor.output)")
                    #expect(!doctor.output.contains("right-to-back-up"), "\(doctor.output)")
                }
                let notice = try #require(receiver.deliveries(to: "/hook").first?.document)
                #expect(notice["data"]?["incident"]?["kind"]?.string == "inventoryMissing")
            }
        }
    }

    @Test func `the daemon reads them beside the backups it makes, night after night`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(
                Self.settings(schedule: "{every: 1h}", contoso: "  - {name: contoso-apim, inventory: off}")
            )
            // An hour is twelve seconds.
            try await LocalAzure.with(virtualStart: LocalAzure.sharedStart) { azure in
                var azure = azure
                azure.environment["APIM_BACKUP_INVENTORY"] = nil
                let code = try await RunningDaemon.with(azure, ["--settings", file]) { daemon in
                    let address = try await daemon.line(with: "health is answered")
                    var ended: [Substring: Set<String>] = [:]
                    while (ended["northwind-apim"]?.count ?? 0) < 2 || (ended["contoso-apim"]?.count ?? 0) < 1 {
                        let line = try await daemon.line(with: "run ended")
                        let words = line.split(separator: " ")
                        let name = words.first { $0.hasPrefix("instance=") }?.dropFirst(9) ?? ""
                        let outcome = name == "contoso-apim" ? "outcome=verified" : "outcome=inventoried"
                        #expect(line.contains(outcome), "\(line)")
                        ended[name, default: []].insert(String(words.first { $0.hasPrefix("time=") } ?? ""))
                    }
                    let metrics = try await RunningDaemon.text("metrics", at: address)
                    #expect(metrics.contains("apim_backup_last_inventory_timestamp_seconds{apim=\"northwind-apim\""))
                    #expect(!metrics.contains("apim_backup_protected{apim=\"northwind-apim\""), "\(metrics)")
                    #expect(metrics.contains("apim_backup_runs_ended_total{outcome=\"inventoried\"}"), "\(metrics)")
                }
                #expect(code == 0)
            }
        }
    }
}
