import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("doctor, through sockets", .timeLimit(.minutes(3)))
struct DoctorTests {
    static let command = ["doctor", "contoso-apim", "--storage-account", "contosobackups"]

    /// A finding as `--format json` has it.
    struct Line: Hashable, CustomStringConvertible {
        var check: String
        var verdict: String
        var text: String
        var remedy: String?
        var description: String { "\(self.verdict) \(self.check): \(self.text) -> \(self.remedy ?? "")" }
    }

    static func lines(_ document: JSONValue?) -> [Line] {
        (document?.array?.first?["findings"]?.array ?? []).map { finding in
            Line(
                check: finding["check"]?.string ?? "",
                verdict: finding["verdict"]?.string ?? "",
                text: finding["text"]?.string ?? "",
                remedy: finding["remedy"]?.string
            )
        }
    }

    @Test func `has nothing to say of a world in which all is well`() async throws {
        try await LocalAzure.with(world: DoctorWorld().text) { azure in
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let end = await azure.run(Self.command + ["--format", "json"])
            #expect(end.code == 0, "\(end.everything)")
            let lines = Self.lines(end.document)
            let others = lines.filter { $0.verdict != "ok" }
            // Only settings tell of these two.
            #expect(others.map(\.check) == ["schedule", "notifications"], "\(others)")
            #expect(others.allSatisfy { $0.verdict == "notChecked" })
            #expect(Set(lines.map(\.check)).count == 28)
            // What was tried was taken away again.
            try await azure.withBlobs { blobs in
                let page = try await blobs.list(
                    "apim-backups-catalog",
                    prefix: "v1/trials/",
                    delimiter: nil,
                    marker: nil
                )
                #expect(page.blobs.isEmpty)
            }
        }
    }

    struct Broken: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var check: String
        var verdict: String
        var says: String
        var remedy: String
        var options: [String]
        var change: @Sendable (inout DoctorWorld) -> Void

        init(
            _ name: String,
            _ check: String,
            _ verdict: String,
            _ says: String,
            remedy: String,
            options: [String] = [],
            _ change: @escaping @Sendable (inout DoctorWorld) -> Void
        ) {
            self.testDescription = name
            self.check = check
            self.verdict = verdict
            self.says = says
            self.remedy = remedy
            self.options = options
            self.change = change
        }
    }

    static let ofInstance: [Broken] = [
        Broken("another tier", "tier", "fault", "StandardV2", remedy: "inventoryOnly: true") {
            $0.instance["tier"] = "StandardV2"
        },
        Broken(
            "a workspace gateway",
            "workspace-gateways",
            "fault",
            "1 workspace gateway is",
            remedy: "gateways/team-a"
        ) {
            world in
            world.instance["tier"] = "Premium"
            world.instance["workspaceGateways"] = ["team-a"]
            world.roles.append(.init("apim-backup-runner", "Reader", "subscription"))
        },
        Broken("stopped", "state", "fault", "Stopped", remedy: "az apim show") { $0.instance["state"] = "Stopped" },
        Broken("failed", "state", "warning", "Failed", remedy: "az apim show") { $0.instance["state"] = "Failed" },
        Broken(
            "a newer api-version wanted",
            "api-version",
            "fault",
            "2024-05-01",
            remedy: "--api-version 2024-05-01",
            options: ["--api-version", "2022-08-01"]
        ) { $0.instance["minApiVersion"] = "2024-05-01" },
        Broken(
            "no identity",
            "instance-identity",
            "fault",
            "no system-assigned",
            remedy: #"--body '{"identity":{"type":"SystemAssigned"}}'"#
        ) {
            world in
            world.instance["systemAssigned"] = false
            world.roles.removeAll { $0.principal == "instance:contoso-apim" }
        },
        Broken(
            "another identity",
            "instance-identity",
            "fault",
            "No identity with client id",
            remedy: "userAssignedIdentities",
            options: ["--access-client-id", "11111111-2222-3333-4444-555555555555"]
        ) { _ in },
        Broken("a read-only lock", "locks", "fault", "read-only lock", remedy: "az lock delete --ids") {
            $0.others["locks"] = [["name": "frozen", "scope": "group:rg-apim", "level": "ReadOnly"]]
        },
        Broken("no right to back up", "right-to-back-up", "fault", "backup/action", remedy: "az role assignment create")
        {
            $0.revoke("starter", of: "apim-backup-runner")
        },
        Broken("may delete the instance", "role-width", "warning", "delete it", remedy: "az role definition create") {
            $0.roles.append(
                .init("apim-backup-runner", "API Management Service Operator Role", "instance:contoso-apim")
            )
        },
    ]

    static let ofAccount: [Broken] = [
        Broken("no backup yet", "last-backup", "warning", "No run is recorded", remedy: "apim-backup run contoso-apim")
        {
            _ in
        },
        Broken("lost with the region", "region", "warning", "Standard_LRS", remedy: "--sku Standard_GRS") {
            $0.account["sku"] = "Standard_LRS"
        },
        Broken("a firewall without trust", "firewall", "fault", "trusted services", remedy: "--bypass AzureServices") {
            world in
            world.account["firewallDefaultDeny"] = true
            world.account["trustedServicesBypass"] = false
            world.account["firewallAdmitsCallers"] = true
        },
        Broken(
            "a firewall and a key",
            "firewall",
            "fault",
            "only a system-assigned identity",
            remedy: "--access-type",
            options: ["--access-type", "AccessKey"]
        ) { world in
            world.account["firewallDefaultDeny"] = true
            world.account["firewallAdmitsCallers"] = true
        },
        Broken(
            "keys not permitted",
            "shared-key",
            "fault",
            "keys are not permitted",
            remedy: "AccessKey",
            options: ["--access-type", "AccessKey"]
        ) { $0.account["allowSharedKeyAccess"] = false },
        Broken(
            "CORS and a key",
            "cors",
            "fault",
            "1 rule for CORS",
            remedy: "cors-rule clear",
            options: ["--access-type", "AccessKey"]
        ) { $0.account["corsMethods"] = ["GET", "PATCH"] },
        Broken("CORS", "cors", "warning", "there should be none", remedy: "cors-rule clear") {
            $0.account["corsMethods"] = ["GET"]
        },
        Broken(
            "no container",
            "containers",
            "warning",
            "apim-backups is not there yet",
            remedy: "az storage container create"
        ) {
            world in
            world.account["containers"] = ["apim-backups-catalog"]
        },
        Broken("public", "private", "fault", "Everybody can read", remedy: "publicAccess") { world in
            world.account["allowBlobPublicAccess"] = true
            world.account["containers"] = [["name": "apim-backups", "publicAccess": "blob"], "apim-backups-catalog"]
        },
        Broken("records under a policy", "immutability", "fault", "immutability policy", remedy: "container show") {
            $0.account["containers"] = ["apim-backups", ["name": "apim-backups-catalog", "immutableDays": 7]]
        },
        Broken("deleted early", "lifecycle", "fault", "after 7 days", remedy: "management-policy show") {
            $0.account["lifecycleRules"] = [Self.rule(days: 7, prefix: "apim-backups/")]
        },
        Broken("records deleted", "lifecycle", "fault", "deletes records", remedy: "management-policy show") {
            $0.account["lifecycleRules"] = [Self.rule(days: 400, prefix: "apim-backups-catalog")]
        },
        Broken("no soft delete", "soft-delete", "warning", "gone at once", remedy: "--enable-delete-retention") {
            $0.account["softDeleteDays"] = nil
        },
        Broken(
            "no right to write",
            "right-to-write-backups",
            "fault",
            "may not write blobs",
            remedy: "ServicePrincipal"
        ) {
            $0.revoke("Storage Blob Data Contributor", of: "instance:contoso-apim")
        },
        Broken(
            "backups not to be seen",
            "right-to-read-backups",
            "fault",
            "unverified",
            remedy: "Storage Blob Data Reader"
        ) {
            $0.revoke("Storage Blob Data Reader", of: "apim-backup-runner")
        },
        Broken("may delete backups", "right-to-delete", "warning", "does not need", remedy: "Storage Blob Data Reader")
        {
            $0.roles.append(
                .init("apim-backup-runner", "Storage Blob Data Contributor", "storageAccount:contosobackups")
            )
        },
        Broken(
            "records not to be written",
            "catalog",
            "fault",
            "Records cannot go",
            remedy: "Storage Blob Data Contributor"
        ) {
            $0.revoke("Storage Blob Data Contributor", of: "apim-backup-runner")
        },
    ]

    static func rule(days: Int64, prefix: String) -> JSONValue {
        [
            "name": "tidy", "enabled": true, "type": "Lifecycle",
            "definition": [
                "filters": ["blobTypes": ["blockBlob"], "prefixMatch": [.string(prefix)]],
                "actions": ["baseBlob": ["delete": ["daysAfterModificationGreaterThan": .integer(days)]]],
            ],
        ]
    }

    @Test(arguments: Self.ofInstance + Self.ofAccount)
    func `names the fault, why, and what mends it`(_ broken: Broken) async throws {
        var world = DoctorWorld()
        broken.change(&world)
        try await LocalAzure.with(world: world.text) { azure in
            var azure = azure
            if broken.options.contains("AccessKey") {
                azure.environment["APIM_BACKUP_ACCESS_KEY"] = azure.ready.storageKey
            }
            let end = await azure.run(Self.command + ["--format", "json"] + broken.options)
            let lines = Self.lines(end.document)
            let found = lines.filter { $0.check == broken.check && $0.verdict == broken.verdict }
            let line = try #require(found.first, "\(end.errors) \(lines.filter { $0.verdict != "ok" })")
            #expect(line.text.contains(broken.says), "\(line)")
            #expect(line.remedy?.contains(broken.remedy) == true, "\(line)")
            #expect((end.code == 1) == lines.contains { $0.verdict == "fault" }, "\(end.everything)")
            // One broken thing is one fault: the others are as they were, or could not be looked at.
            let strangers = lines.filter { $0.verdict == "fault" && $0.check != broken.check }
            #expect(strangers.isEmpty, "\(strangers)")
            #expect(!end.everything.contains(azure.ready.storageKey))
        }
    }

    @Test func `gateways of other instances' workspaces are none of this one's`() async throws {
        var world = DoctorWorld()
        world.instance["tier"] = "Premium"
        world.roles.append(.init("apim-backup-runner", "Reader", "subscription"))
        var text = try world.text
        let other: JSONValue = [
            "name": "fabrikam-apim", "resourceGroup": "rg-apim", "tier": "Premium", "workspaceGateways": ["team-b"],
        ]
        text = try DoctorWorld.adding(other, to: "instances", of: text)
        try await LocalAzure.with(world: text) { azure in
            let end = await azure.run(Self.command + ["--format", "json"])
            let line = Self.lines(end.document).first { $0.check == "workspace-gateways" }
            #expect(line?.verdict == "ok", "\(end.everything)")
            let refused = await azure.backUp("fabrikam-apim")
            #expect(refused.code != 0, "\(refused.everything)")
        }
    }

    @Test func `without a credential says so`() async throws {
        try await LocalAzure.with(world: DoctorWorld().text) { azure in
            var azure = azure
            azure.environment["IDENTITY_ENDPOINT"] = "http://127.0.0.1:1/msi/token"
            azure.environment["AZURE_TOKEN_CREDENTIALS"] = "managedidentitycredential"
            let end = await azure.run(Self.command + ["--format", "json"])
            #expect(end.code == 1, "\(end.everything)")
            let lines = Self.lines(end.document)
            let credential = lines.first { $0.check == "credential" }
            #expect(credential?.verdict == "fault", "\(end.everything)")
            #expect(credential?.remedy == "apim-backup credentials test")
            // Nothing that a token is needed for is called well.
            let well = Set(lines.filter { $0.verdict == "ok" }.map(\.check))
            #expect(
                well.isDisjoint(with: ["instance", "tier", "right-to-back-up", "catalog", "containers"]),
                "\(well)"
            )
        }
    }

    @Test func `an account that is unavailable is told as that`() async throws {
        var world = DoctorWorld()
        world.account["disabled"] = true
        try await LocalAzure.with(world: world.text) { azure in
            let end = await azure.run(Self.command + ["--format", "json"])
            #expect(end.code == 1, "\(end.everything)")
            let line = Self.lines(end.document).first { $0.check == "storage-account" }
            #expect(line?.verdict == "fault" && line?.text.contains("unavailable") == true, "\(end.everything)")
            #expect(line?.remedy?.contains("statusOfPrimary") == true)
        }
    }

    struct Mended: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var command: String
        /// What the caller is besides one who may give roles.
        var role = "Contributor"
        var change: @Sendable (inout DoctorWorld) -> Void
    }

    static let mended: [Mended] = [
        Mended(testDescription: "a container is made", command: "az storage container create") {
            $0.account["containers"] = ["apim-backups-catalog"]
        },
        Mended(testDescription: "a public container is closed", command: "publicAccess") { world in
            world.account["allowBlobPublicAccess"] = true
            world.account["containers"] = [["name": "apim-backups", "publicAccess": "blob"], "apim-backups-catalog"]
        },
        Mended(
            testDescription: "an identity is enabled, and gets its role",
            command: #"{"identity":{"type":"SystemAssigned"}}"#
        ) {
            world in
            world.instance["systemAssigned"] = false
            world.roles.removeAll { $0.principal == "instance:contoso-apim" }
        },
        Mended(testDescription: "the right to write", command: "'Storage Blob Data Contributor'") {
            $0.revoke("Storage Blob Data Contributor", of: "instance:contoso-apim")
        },
        Mended(testDescription: "the right to see backups", command: "'Storage Blob Data Reader'") {
            $0.revoke("Storage Blob Data Reader", of: "apim-backup-runner")
        },
        Mended(testDescription: "the right to write records", command: "'Storage Blob Data Contributor'") {
            $0.revoke("Storage Blob Data Contributor", of: "apim-backup-runner")
        },
        Mended(testDescription: "the right to back up", command: "az role assignment create", role: "Reader") {
            $0.revoke("starter", of: "apim-backup-runner")
        },
    ]

    @Test(arguments: Self.mended)
    func `--fix heals each thing that it may, and the next backup works`(_ mended: Mended) async throws {
        var world = DoctorWorld()
        mended.change(&world)
        // Who mends may give roles and write resources, and reads no blob by that.
        world.roles.append(.init("apim-backup-runner", mended.role, "subscription"))
        world.roles.append(.init("apim-backup-runner", "User Access Administrator", "subscription"))
        try await LocalAzure.with(world: world.text) { azure in
            let end = await azure.run(Self.command + ["--fix", "--yes"])
            #expect(end.code == 0, "\(end.everything)")
            #expect(end.errors.contains(mended.command), "\(end.errors)")
            let run = await azure.backUp()
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
        }
    }

    @Test func `says of an instance that is not there that it may have been deleted`() async throws {
        try await LocalAzure.with(world: DoctorWorld().text) { azure in
            let end = await azure.run("doctor", "nosuch", "--storage-account", "contosobackups", "--format", "json")
            #expect(end.code == 1, "\(end.everything)")
            let faults = Self.lines(end.document).filter { $0.verdict == "fault" }
            #expect(faults.map(\.check) == ["instance"], "\(faults)")
            #expect(faults.first?.remedy?.contains("deletedservice list") == true)
        }
    }

    @Test func `reports what it may not read as not checked, and judges the rest`() async throws {
        var world = DoctorWorld()
        world.revoke("Reader", of: "apim-backup-runner")
        try await LocalAzure.with(world: world.text) { azure in
            let end = await azure.run(Self.command + ["--format", "json"])
            #expect(end.code == 0, "\(end.everything)")
            let lines = Self.lines(end.document)
            let hidden = Set(lines.filter { $0.verdict == "notChecked" }.map(\.check))
            #expect(
                hidden.isSuperset(of: ["locks", "storage-account", "firewall", "right-to-write-backups"]),
                "\(hidden)"
            )
            #expect(lines.contains { $0.check == "catalog" && $0.verdict == "ok" })
        }
    }

    @Test func `--fix heals what it says, and the next backup works`() async throws {
        var world = DoctorWorld()
        world.account["containers"] = [["name": "apim-backups", "publicAccess": "container"]]
        world.account["allowBlobPublicAccess"] = true
        world.instance["systemAssigned"] = false
        world.roles = [.init("apim-backup-runner", "Owner", "subscription")]
        try await LocalAzure.with(world: world.text) { azure in
            let unasked = await azure.run(Self.command + ["--fix"])
            #expect(unasked.code == 64, "\(unasked.everything)")
            let before = await azure.backUp()
            #expect(before.code != 0)
            let end = await azure.run(Self.command + ["--fix", "--yes"])
            #expect(end.code == 0, "\(end.everything)")
            #expect(end.errors.contains("az rest --method patch"), "\(end.errors)")
            #expect(end.errors.contains("'Storage Blob Data Contributor'"), "\(end.errors)")
            let run = await azure.backUp()
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
            let again = await azure.run(Self.command + ["--fix", "--yes"])
            #expect(!again.errors.contains("What is mended"), "\(again.errors)")
        }
    }
}
