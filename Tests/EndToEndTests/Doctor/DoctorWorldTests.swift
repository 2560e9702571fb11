import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("doctor, in worlds that settings, time or Azure's own state break", .timeLimit(.minutes(3)))
struct DoctorWorldTests {
    typealias Line = DoctorTests.Line

    /// One thing that is not as it should be, or is as it should be in another way than usual.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var check: CheckName
        var verdict: String
        var says: String
        /// What mends it; nil where nothing needs mending.
        var remedy: String?
        /// The settings of the instance, and further sections.
        var settings: (ofInstance: String, further: String)?
        var options: [String] = []
        var change: @Sendable (inout DoctorWorld) -> Void = { _ in }
    }

    static let bySettings: [Case] = [
        Case(
            testDescription: "backups too far apart",
            check: .schedule,
            verdict: "fault",
            says: "Azure restores them for 30 days",
            remedy: "schedule.cron",
            settings: ("schedule: {cron: 0 1 1 * *}", "")
        ),
        Case(
            testDescription: "backups that are rare",
            check: .schedule,
            verdict: "warning",
            says: "so much would be lost",
            remedy: "schedule.cron",
            settings: ("schedule: {every: 10d}", "")
        ),
        Case(
            testDescription: "nobody is told",
            check: .notifications,
            verdict: "warning",
            says: "No channel is named",
            remedy: "apim-backup notify test",
            settings: ("", "")
        ),
        Case(
            testDescription: "a channel that cannot be reached",
            check: .notifications,
            verdict: "warning",
            says: "The server of the channel 'pager' cannot be reached",
            remedy: "apim-backup notify test",
            settings: ("", "notifications: {channels: [{name: pager, type: webhook, urlVariable: HOOK}]}")
        ),
        Case(
            testDescription: "retention without the right to delete",
            check: .rightToDelete,
            verdict: "warning",
            says: "this identity may not delete them",
            remedy: "--role 'API Management Backup Pruner'",
            settings: ("retention: {keepWithin: 30d}", "")
        ),
        Case(
            testDescription: "retention under a policy",
            check: .immutability,
            verdict: "warning",
            says: "retention deletes nothing before it ends",
            remedy: "az storage container show",
            settings: ("retention: {keepWithin: 30d}", "")
        ) { $0.account["containers"] = [["name": "apim-backups", "legalHold": true], "apim-backups-catalog"] },
        Case(
            testDescription: "kept longer than a rule of the account lets it",
            check: .lifecycle,
            verdict: "fault",
            says: "after 40 days, which are wanted for 60",
            remedy: "management-policy show",
            settings: ("retention: {keepWithin: 60d}", "")
        ) { $0.account["lifecycleRules"] = [DoctorTests.rule(days: 40, prefix: "apim-backups/")] },
        Case(
            testDescription: "an inventory that may not be read",
            check: .rightToReadContents,
            verdict: "fault",
            says: "may not read what lies in the instance",
            remedy: "az role assignment create",
            settings: ("inventoryOnly: true, inventory: names", "")
        ) { $0.revoke("Reader", of: "apim-backup-runner") },
    ]

    static let otherwise: [Case] = [
        Case(
            testDescription: "Azure's clock is ahead",
            check: .clock,
            verdict: "fault",
            says: "behind",
            remedy: "timedatectl"
        ) { $0.others["timings"] = ["clockSkewSeconds": 600] },
        Case(
            testDescription: "no right to read the operation",
            check: .rightToBackUp,
            verdict: "fault",
            says: "Backups are made, and nobody sees their end",
            remedy: "az role assignment create"
        ) { world in
            world.revoke("starter", of: "apim-backup-runner")
            world.revoke("Reader", of: "apim-backup-runner")
            world.roles.append(.init("apim-backup-runner", "blind", "instance:contoso-apim"))
            world.others["roles"] = [
                [
                    "name": "blind",
                    "actions": [
                        "Microsoft.ApiManagement/service/read", "Microsoft.ApiManagement/service/backup/action",
                    ],
                ]
            ]
        },
        Case(
            testDescription: "Azure's own role for it",
            check: .roleWidth,
            verdict: "warning",
            says: "back it up: delete it, change it and restore over it.",
            remedy: "--role 'API Management Backup Starter'"
        ) {
            $0.roles.append(
                .init("apim-backup-runner", "API Management Service Operator Role", "instance:contoso-apim")
            )
        },
        Case(
            testDescription: "an owner",
            check: .roleWidth,
            verdict: "warning",
            says: "delete it, change it and restore over it; give roles on it.",
            remedy: "az role assignment list --assignee"
        ) { $0.roles.append(.init("apim-backup-runner", "Owner", "instance:contoso-apim")) },
        Case(
            testDescription: "the chosen identity without a role",
            check: .rightToWriteBackups,
            verdict: "fault",
            says: "may not write blobs",
            remedy: "66666666-0000-0000-0000-000000000002",
            options: ["--access-client-id", "66666666-0000-0000-0000-000000000001"]
        ) { Self.attachWriter(&$0) },
        Case(
            testDescription: "the chosen identity with its role",
            check: .rightToWriteBackups,
            verdict: "ok",
            says: "may write blobs",
            options: ["--access-client-id", "66666666-0000-0000-0000-000000000001"]
        ) { world in
            Self.attachWriter(&world)
            let scope = "container:contosobackups/apim-backups"
            world.roles.append(.init("writer", "Storage Blob Data Contributor", scope))
        },
        Case(
            testDescription: "copies in the same region only",
            check: .region,
            verdict: "warning",
            says: "Standard_ZRS",
            remedy: "--sku Standard_GZRS"
        ) { $0.account["sku"] = "Standard_ZRS" },
        Case(testDescription: "an account elsewhere", check: .region, verdict: "ok", says: "northeurope") { world in
            world.account["sku"] = "Standard_LRS"
            world.account["location"] = "northeurope"
        },
        Case(testDescription: "versions in place of soft delete", check: .softDelete, verdict: "ok", says: "versions") {
            world in
            world.account["softDeleteDays"] = nil
            world.account["versioning"] = true
        },
        Case(
            testDescription: "a lock on the subscription",
            check: .locks,
            verdict: "fault",
            says: "or above it",
            remedy: "az lock delete --ids"
        ) { $0.others["locks"] = [["name": "frozen", "scope": "subscription", "level": "ReadOnly"]] },
        Case(testDescription: "a lock that forbids deletions", check: .locks, verdict: "ok", says: "none of which") {
            $0.others["locks"] = [["name": "kept", "scope": "group:rg-apim", "level": "CanNotDelete"]]
        },
        Case(
            testDescription: "a trusting firewall",
            check: .firewall,
            verdict: "ok",
            says: "trusted services such as API Management"
        ) { world in
            world.account["firewallDefaultDeny"] = true
            world.account["firewallAdmitsCallers"] = true
        },
        Case(
            testDescription: "another operation",
            check: .state,
            verdict: "warning",
            says: "another operation holds the instance",
            remedy: "az apim show"
        ) { $0.instance["state"] = "Updating" },
    ]

    private static func attachWriter(_ world: inout DoctorWorld) {
        world.others["identities"] = [
            [
                "name": "writer", "resourceGroup": "rg-apim", "clientId": "66666666-0000-0000-0000-000000000001",
                "principalId": "66666666-0000-0000-0000-000000000002",
            ]
        ]
        world.instance["identities"] = ["writer"]
    }

    private static func found(_ end: LocalAzure.Invocation, _ check: CheckName) -> [Line] {
        DoctorTests.lines(end.document).filter { $0.check == check.rawValue }
    }

    @Test(arguments: Self.bySettings + Self.otherwise)
    func `is told as it is`(_ each: Case) async throws {
        var world = DoctorWorld()
        each.change(&world)
        try await LocalAzure.with(world: world.text) { azure in
            try await SettingsFolder.with { folder in
                var azure = azure
                azure.environment["HOOK"] = "http://127.0.0.1:1/hook"
                var command = DoctorTests.command
                if let settings = each.settings {
                    let instance = ["name: contoso-apim", settings.ofInstance].filter { !$0.isEmpty }
                    let text = """
                        version: 1
                        storage: {account: contosobackups}
                        instances: [{\(instance.joined(separator: ", "))}]
                        \(settings.further)
                        """
                    command = ["doctor", "--settings", try folder.write(text)]
                }
                let end = await azure.run(command + ["--format", "json"] + each.options)
                let lines = Self.found(end, each.check)
                let line = try #require(lines.first { $0.verdict == each.verdict }, "\(end.everything)")
                #expect(line.text.contains(each.says), "\(line)")
                if let remedy = each.remedy {
                    #expect(line.remedy?.contains(remedy) == true, "\(line)")
                } else {
                    #expect(line.remedy == nil, "\(line)")
                }
                let all = DoctorTests.lines(end.document)
                #expect(
                    all.filter { $0.verdict == "fault" && $0.check != each.check.rawValue }.isEmpty,
                    "\(end.output)"
                )
                #expect((end.code == 1) == all.contains { $0.verdict == "fault" }, "\(end.everything)")
                // A fault without a way out is none that a person can do anything about.
                #expect(
                    all.allSatisfy { ["ok", "notChecked"].contains($0.verdict) || $0.remedy != nil },
                    "\(end.output)"
                )
            }
        }
    }

    @Test func `an account that is nowhere is one fault, and nothing else is blamed for it`() async throws {
        try await LocalAzure.with(world: DoctorWorld().text) { azure in
            let end = await azure.run("doctor", "contoso-apim", "--storage-account", "nosuch", "--format", "json")
            #expect(end.code == 1, "\(end.everything)")
            let faults = DoctorTests.lines(end.document).filter { $0.verdict == "fault" }
            #expect(faults.map(\.check) == ["storage-account"], "\(faults)")
            #expect(faults.first?.text.contains("There is no storage account 'nosuch'") == true, "\(faults)")
            #expect(faults.first?.remedy?.hasPrefix("az storage account list") == true, "\(faults)")
        }
    }

    @Test func `an instance that was deleted is told with the command that brings it back`() async throws {
        try await LocalAzure.with(world: RebuildTests.world) { azure in
            try await RebuildTests.deleted(azure)
            let end = await azure.run(DoctorTests.command + ["--format", "json"])
            #expect(end.code == 1, "\(end.everything)")
            let line = try #require(Self.found(end, .instance).first)
            #expect(line.verdict == "fault" && line.text.contains("contoso-apim was deleted"), "\(line)")
            #expect(line.remedy?.contains(#""restore":true"#) == true, "\(line)")
            #expect(line.remedy?.contains("EMAIL") == false, "\(line)")
        }
    }

    @Test func `a newest run that failed is told, and so is that there is nothing to restore`() async throws {
        var world = DoctorWorld()
        world.instance["backupFailure"] = ["code": "BackupFailed", "message": "Disk full."]
        try await LocalAzure.with(world: world.text) { azure in
            #expect(await azure.backUp().code == 1)
            let end = await azure.run(DoctorTests.command + ["--format", "json"])
            let line = try #require(Self.found(end, .lastBackup).first)
            #expect(line.verdict == "fault", "\(line)")
            #expect(line.remedy?.hasPrefix("apim-backup run contoso-apim") == true, "\(line)")
        }
    }

    @Test func `a channel that answers is well`() async throws {
        try await NoticeReceiver.with { receiver in
            try await SettingsFolder.with { folder in
                let origin = receiver.origin
                try await LocalAzure.with(world: DoctorWorld().text) { azure in
                    var azure = azure
                    azure.environment["HOOK"] = "\(origin)/hook"
                    let text = """
                        version: 1
                        storage: {account: contosobackups}
                        instances: [contoso-apim]
                        notifications: {channels: [{name: pager, type: webhook, urlVariable: HOOK}]}
                        """
                    let end = await azure.run("doctor", "--settings", try folder.write(text), "--format", "json")
                    #expect(Self.found(end, .notifications).first?.verdict == "ok", "\(end.everything)")
                }
                // It was looked at, and told nothing.
                #expect(receiver.deliveries(to: "/hook").isEmpty)
            }
        }
    }

    @Test func `each check has a world in which it is broken`() {
        let tables = DoctorTests.ofInstance + DoctorTests.ofAccount
        var broken = Set(tables.map(\.check))
        broken.formUnion((Self.bySettings + Self.otherwise).filter { $0.verdict != "ok" }.map(\.check.rawValue))
        // These have tests of their own, here and in `DoctorTests`.
        broken.formUnion(["credential", "instance", "storage-account"])
        #expect(broken == Set(CheckName.allCases.map(\.rawValue)))
    }
}
