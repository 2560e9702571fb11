import BackupDomain
import Foundation
import Testing

@Suite("Verify, pins and prune, through sockets", .timeLimit(.minutes(2)))
struct RetentionTests {
    static let storage = ["--storage-account", "contosobackups", "--format", "json"]

    /// Makes backups one after the other.
    static func backUp(_ azure: LocalAzure, times: Int) async throws -> [String] {
        var names: [String] = []
        for _ in 0..<times {
            let run = await azure.backUp()
            names.append(try #require(run.summary?["backup"]?["name"]?.string, "\(run.everything)"))
        }
        return names
    }

    static func prune(_ azure: LocalAzure, _ options: String...) async -> LocalAzure.Invocation {
        await azure.run(
            ["prune", "contoso-apim", "--keep-last", "1", "--min-good", "1"] + Self.storage + options
        )
    }

    static func verdicts(_ prune: LocalAzure.Invocation) -> [String: String] {
        let rows = prune.document?["instances"]?.array?.first?["decisions"]?.array ?? []
        return Dictionary(
            rows.compactMap { row in row["backupName"]?.string.map { ($0, row["verdict"]?.string ?? "") } }
        ) { first, _ in first }
    }

    static func left(_ azure: LocalAzure) async -> [String] {
        let list = await azure.run(["list"] + Self.storage)
        return list.document?.array?.compactMap { row in
            row["bytes"] == nil ? nil : row["backupName"]?.string
        } ?? []
    }

    @Test func `plans, keeps what is pinned, deletes the rest, and verify agrees`() async throws {
        try await LocalAzure.with { azure in
            let names = try await Self.backUp(azure, times: 3)
            let pin = await azure.run(
                "pin",
                names[0],
                "--reason",
                "before the upgrade",
                "--storage-account",
                "contosobackups"
            )
            #expect(pin.code == 0, "\(pin.everything)")
            let dry = await Self.prune(azure, "--dry-run")
            #expect(dry.code == 0, "\(dry.everything)")
            #expect(Self.verdicts(dry) == [names[0]: "keep", names[1]: "release", names[2]: "keep"])
            #expect(await Self.left(azure).count == 3)

            let prune = await Self.prune(azure)
            #expect(prune.code == 0, "\(prune.everything)")
            let result = prune.document?["instances"]?.array?.first?["results"]?.array
            #expect(result?.map { $0["state"]?.string } == ["deleted"])
            #expect(result?.first?["permanent"] == .boolean(true))
            #expect(prune.document?["softDeleteDays"]?.integer == 0)
            #expect(Set(await Self.left(azure)) == [names[0], names[2]])

            let verify = await azure.run(["verify", "--all"] + Self.storage)
            #expect(verify.code == 0, "\(verify.everything)")
            let instance = try #require(verify.document?["instances"]?.array?.first)
            #expect(instance["recoveryPoints"]?.integer == 2)
            #expect(instance["recorded"] == .boolean(true))
            #expect(instance["points"]?.array?.map { $0["level"]?.string } == ["unchanged", "unchanged"])

            let show = await azure.run(["show", names[0]] + Self.storage)
            #expect(show.document?["pin"]?["reason"]?.string == "before the upgrade")
            #expect(show.document?["pin"]?["by"]?["objectId"]?.string?.isEmpty == false)
            #expect(show.document?["verification"]?["levels"]?["unchanged"]?["at"]?.string?.isEmpty == false)
            #expect(show.document?["version"]?.integer == 1)
            let pruned = await azure.run("show", names[1], "--storage-account", "contosobackups")
            #expect(pruned.output.contains("no rule keeps it"), "\(pruned.everything)")
            #expect(pruned.output.hasPrefix("The backup now\n"), "\(pruned.everything)")
            #expect(pruned.output.contains("pruned: retention deleted it"), "\(pruned.everything)")
            #expect(!pruned.output.contains("To restore it"), "\(pruned.everything)")
            #expect(show.document?["backupNow"]?["state"]?.string == "present", "\(show.everything)")
            #expect(show.document?["restoreCommand"]?.string?.contains("az rest") == true)

            let unpin = await azure.run("unpin", names[0], "--storage-account", "contosobackups")
            #expect(unpin.code == 0)
            #expect(await Self.prune(azure).code == 0)
            #expect(await Self.left(azure) == [names[2]])
        }
    }

    @Test func `a backup whose name begins with something else is pinned and restored by that name`() async throws {
        try await LocalAzure.with { azure in
            let run = await azure.backUp("contoso-apim", "--backup-name", "nightly-{instance}-{time}.bak")
            let name = try #require(run.summary?["backup"]?["name"]?.string, "\(run.everything)")
            #expect(name.hasPrefix("nightly-contoso-apim-"))
            let account = ["--storage-account", "contosobackups"]
            let pin = await azure.run(["pin", name, "--reason", "before the upgrade"] + account)
            #expect(pin.code == 0, "\(pin.everything)")
            let last = try await Self.backUp(azure, times: 1)
            let prune = await Self.prune(azure)
            #expect(Self.verdicts(prune) == [name: "keep", last[0]: "keep"], "\(prune.everything)")
            // The target's own backups are not looked at: whose it is tells the record.
            let restore = ["restore", "--backup", name, "--to", "contoso-standby", "--dry-run", "--format", "json"]
            let plan = await azure.run(restore + account)
            #expect(plan.code == 0, "\(plan.everything)")
            #expect(plan.document?["backup"]?["name"]?.string == name, "\(plan.everything)")
        }
    }

    @Test func `a backup in the tier Archive protects nothing and is not restored, until it is brought back`()
        async throws
    {
        try await LocalAzure.with { azure in
            let name = try await Self.backUp(azure, times: 1)[0]
            try await azure.move(name, to: "Archive")
            let status = await azure.run(["status"] + Self.storage)
            #expect(status.code == 1, "\(status.everything)")
            let reason = status.document?.array?.first?["reasons"]?.array?.first?.string
            #expect(reason?.hasPrefix("The backup \(name) lies in the tier Archive") == true, "\(status.everything)")
            let list = await azure.run(["list"] + Self.storage)
            #expect(list.document?.array?.map { $0["state"]?.string } == ["archived"], "\(list.everything)")
            let show = await azure.run(["show", name] + Self.storage)
            #expect(show.document?["backupNow"]?["state"]?.string == "archived", "\(show.everything)")
            let restore = ["restore", "--from", "contoso-apim", "--backup", name, "--to", "contoso-standby"]
            let plan = await azure.run(restore + ["--dry-run"] + Self.storage)
            #expect(plan.code == 4, "\(plan.everything)")
            #expect(plan.everything.contains("backupArchived"), "\(plan.everything)")
            let verify = await azure.run(["verify", "contoso-apim"] + Self.storage)
            #expect(verify.code == 1, "\(verify.everything)")
            let findings = verify.document?["instances"]?.array?.first?["findings"]?.array
            #expect(findings?.map { $0["kind"]?.string } == ["archived"], "\(verify.everything)")
            let text = await azure.run("verify", "contoso-apim", "--storage-account", "contosobackups")
            #expect(text.output.contains("bring it back to Hot or Cool first, which takes hours"), "\(text.everything)")

            try await azure.move(name, to: "Hot")
            #expect(await azure.run(["verify", "contoso-apim"] + Self.storage).code == 0)
            #expect(await azure.run(["status"] + Self.storage).code == 0)
            let again = await azure.run(restore + ["--dry-run"] + Self.storage)
            #expect(again.code == 0, "\(again.everything)")
        }
    }

    @Test func `verify finds what was done behind its back, and exits with 1`() async throws {
        try await LocalAzure.with { azure in
            let names = try await Self.backUp(azure, times: 3)
            try await azure.withBlobs { blobs in
                _ = try await blobs.delete(names[0], in: "apim-backups", condition: .always)
                _ = try await blobs.write(
                    Data("x".utf8),
                    to: names[1],
                    in: "apim-backups",
                    condition: .always,
                    contentType: "text/plain"
                )
            }
            // Lists and records say so before anybody has verified.
            let list = await azure.run(["list"] + Self.storage)
            let rows = list.document?.array?.map { row in
                "\(row["backupName"]?.string ?? "") \(row["state"]?.string ?? "") \(row["restorable"] == .boolean(true))"
            }
            #expect(
                Set(rows ?? [])
                    == ["\(names[0]) missing false", "\(names[1]) shrunken false", "\(names[2]) verified true"],
                "\(list.everything)"
            )
            for (name, words) in [
                (names[0], "vanished: it is not in contosobackups/apim-backups"),
                (names[1], "shrunken: it was written over since its run; it has 1 byte, and had 614400"),
            ] {
                let show = await azure.run("show", name, "--storage-account", "contosobackups")
                #expect(show.output.hasPrefix("The backup now\n"), "\(show.everything)")
                #expect(show.output.contains(words), "\(show.everything)")
                #expect(!show.output.contains("To restore it"), "\(show.everything)")
                let json = await azure.run(["show", name] + Self.storage)
                #expect(json.document?["restoreCommand"] == nil, "\(json.everything)")
                #expect(json.document?["outcome"]?.string == "verified")
            }
            let verify = await azure.run(["verify", "contoso-apim"] + Self.storage)
            #expect(verify.code == 1, "\(verify.everything)")
            let instance = try #require(verify.document?["instances"]?.array?.first)
            let found = instance["findings"]?.array?.map {
                "\($0["backupName"]?.string ?? "") \($0["kind"]?.string ?? "")"
            }
            #expect(Set(found ?? []) == ["\(names[0]) vanished", "\(names[1]) shrunken"])
            #expect(instance["recoveryPoints"]?.integer == 1)
            let text = await azure.run("verify", "contoso-apim", "--storage-account", "contosobackups")
            #expect(text.output.contains("Was 614400 bytes"), "\(text.everything)")
            #expect(text.output.contains("1 recovery point is left"))
            let prune = await Self.prune(azure)
            #expect(Self.verdicts(prune) == [names[1]: "withheld", names[2]: "keep"])
        }
    }

    /// An identity that makes backups and keeps records, and may only read the container of backups.
    static let hardened = """
        {"storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim",
                              "containers": ["apim-backups", "apim-backups-catalog"]}],
         "keepRoleAssignments": false, "roleAssignments": [
            {"principal": "apim-backup-runner", "role": "API Management Service Operator Role", "scope": "group:rg-apim"},
            {"principal": "apim-backup-runner", "role": "Storage Blob Data Reader",
             "scope": "container:contosobackups/apim-backups"},
            {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
             "scope": "container:contosobackups/apim-backups-catalog"},
            {"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
             "scope": "container:contosobackups/apim-backups"}]}
        """

    @Test func `says what another identity should delete where it may not, and changes nothing`() async throws {
        try await LocalAzure.with(world: Self.hardened) { azure in
            let names = try await Self.backUp(azure, times: 2)
            let prune = await Self.prune(azure)
            #expect(prune.code == 4, "\(prune.everything)")
            let instance = try #require(prune.document?["instances"]?.array?.first)
            let command = try #require(instance["commands"]?.array?.first?.string)
            #expect(command.hasPrefix("az storage blob delete --auth-mode login --account-name contosobackups"))
            #expect(command.contains("--name '\(names[0])' --if-match '\"0x"))
            #expect(instance["error"]?["code"]?.string == "permissionDenied")
            #expect(Set(await Self.left(azure)) == Set(names))
            let text = await azure.run(
                "prune",
                "contoso-apim",
                "--keep-last",
                "1",
                "--min-good",
                "1",
                "--storage-account",
                "contosobackups"
            )
            #expect(text.output.contains(command))
            #expect(text.errors.contains("not allowed: The identity"), "\(text.everything)")
            #expect(text.errors.contains("containers/blobs/delete"))
            #expect(text.errors.contains("In the hardened set-up that is as intended"))
            #expect(!text.errors.contains("Storage Blob Data Contributor"), "\(text.everything)")
        }
    }

    @Test(arguments: [true, false])
    func `a dry run says beforehand whether the right to delete is there`(_ mayDelete: Bool) async throws {
        let reader = #"{"principal": "apim-backup-runner", "role": "Reader", "scope": "group:rg-apim"},"#
        let world = Self.hardened.replacing(#""roleAssignments": ["#, with: #""roleAssignments": [\#(reader)"#)
        try await LocalAzure.with(world: mayDelete ? nil : world) { azure in
            _ = try await Self.backUp(azure, times: 2)
            let dry = await Self.prune(azure, "--dry-run")
            #expect(dry.code == 0, "\(dry.everything)")
            #expect(dry.document?["instances"]?.array?.first?["mayDelete"] == .boolean(mayDelete), "\(dry.everything)")
            let options = ["--keep-last", "1", "--min-good", "1", "--storage-account", "contosobackups"]
            let text = await azure.run(["prune", "contoso-apim", "--dry-run"] + options)
            #expect(text.errors.contains("lacks the right to delete") == !mayDelete, "\(text.everything)")
            guard !mayDelete else { return }
            let prune = await azure.run(["prune", "contoso-apim"] + options)
            let grant = prune.errors.split(separator: "\n").last
            #expect(grant?.contains("--role 'API Management Backup Pruner'") == true, "\(prune.everything)")
            #expect(prune.output.contains("az storage blob delete"), "\(prune.everything)")
        }
    }

    struct Trouble: CustomTestStringConvertible {
        var testDescription: String
        var faults: String
        var exit: Int32
        var state: String

        static let all: [Self] = [
            Self(
                testDescription: "an immutable blob",
                faults:
                    #"[{"host": "blob", "method": "DELETE", "status": 409, "code": "BlobImmutableDueToPolicy", "message": "no"}]"#,
                exit: 0,
                state: "kept"
            ),
            Self(
                testDescription: "a lost answer",
                faults: #"[{"host": "blob", "method": "DELETE", "loseAnswer": true}]"#,
                exit: 0,
                state: "deleted"
            ),
            Self(
                testDescription: "a busy service",
                faults: #"[{"host": "blob", "method": "DELETE", "status": 503, "code": "ServerBusy", "times": 2}]"#,
                exit: 0,
                state: "deleted"
            ),
            Self(
                testDescription: "something that Azure does not like",
                faults:
                    #"[{"host": "blob", "method": "DELETE", "status": 409, "code": "SnapshotsPresent", "message": "no"}]"#,
                exit: 1,
                state: "failed"
            ),
        ]
    }

    @Test(arguments: Trouble.all)
    func `tells what became of a deletion that met with trouble`(_ trouble: Trouble) async throws {
        try await LocalAzure.with(faults: trouble.faults) { azure in
            let names = try await Self.backUp(azure, times: 2)
            let prune = await Self.prune(azure)
            #expect(prune.code == trouble.exit, "\(prune.everything)")
            let result = prune.document?["instances"]?.array?.first?["results"]?.array?.first
            #expect(result?["state"]?.string == trouble.state, "\(prune.everything)")
            #expect(await Self.left(azure).count == (trouble.state == "deleted" ? 1 : 2))
            #expect(await Self.left(azure).contains(names[1]))
        }
    }

    @Test func `leaves alone a leased backup, a locked instance, and every instance's without a rule`() async throws {
        try await LocalAzure.with { azure in
            let names = try await Self.backUp(azure, times: 2)
            let bare = await azure.run(["prune", "--all"] + Self.storage)
            #expect(bare.code == 0)
            #expect(Set(Self.verdicts(bare).values) == ["keep"])
            try await azure.withBlobs { blobs in
                let lease = try await blobs.acquireLease(of: names[0], in: "apim-backups", seconds: 60)
                let prune = await Self.prune(azure)
                #expect(Self.verdicts(prune) == [names[0]: "withheld", names[1]: "keep"])
                try await blobs.releaseLease(lease, of: names[0], in: "apim-backups")
                let list = try await blobs.list(
                    "apim-backups-catalog",
                    prefix: "v1/leases/",
                    delimiter: nil,
                    marker: nil
                )
                let lock = try #require(list.blobs.first?.name)
                _ = try await blobs.acquireLease(of: lock, in: "apim-backups-catalog", seconds: 60)
                let busy = await Self.prune(azure)
                #expect(busy.code == 75, "\(busy.everything)")
            }
            #expect(await Self.left(azure).count == 2)
        }
    }

    @Test func `stops when backups shrink, until somebody says that it is as it should be`() async throws {
        try await LocalAzure.with { azure in
            let names = try await Self.backUp(azure, times: 3)
            try await azure.withBlobs { try await Self.enlarge(names[0], $0) }
            let held = await Self.prune(azure)
            #expect(held.code == 4, "\(held.everything)")
            let instance = try #require(held.document?["instances"]?.array?.first)
            #expect(instance["shrinkAlarm"]?["name"]?.string == names[1])
            #expect(instance["shrinkAlarm"]?["medianBytes"]?.integer == 6_144_000)
            #expect(await Self.left(azure).count == 3)
            let storage = ["--storage-account", "contosobackups"]
            for says in ["Acknowledged", "not tripped"] {
                let told = await azure.run(["acknowledge", "contoso-apim", "--reason", "half of it moved"] + storage)
                #expect(told.code == 0, "\(told.everything)")
                #expect(told.output.contains(says), "\(told.everything)")
            }
            let prune = await Self.prune(azure)
            #expect(prune.code == 0, "\(prune.everything)")
            // The one whose record was meddled with is not what was recorded, and nobody deletes it.
            #expect(Set(await Self.left(azure)) == [names[0], names[2]])
        }
    }

    /// Lets the record of a backup say that it had ten times its bytes.
    static func enlarge(_ name: String, _ blobs: any BlobStorage) async throws {
        let container = "apim-backups-catalog"
        let page = try await blobs.list(container, prefix: "v1/runs/", delimiter: nil, marker: nil)
        for record in page.blobs {
            guard let found = try await blobs.read(record.name, in: container, cap: 1 << 22) else { continue }
            let text = String(decoding: found.content, as: UTF8.self)
            guard text.contains("\"backupName\" : \"\(name)\"") else { continue }
            _ = try await blobs.write(
                Data(text.replacing("\"bytes\" : 614400", with: "\"bytes\" : 6144000").utf8),
                to: record.name,
                in: container,
                condition: .matches(found.etag),
                contentType: "application/json"
            )
        }
    }

    @Test func `deletes nothing after a night that failed, and exits with 4`() async throws {
        let fault = """
            [{"method": "POST", "path": "*/backup", "skip": 2, "status": 409, "code": "ScopeLocked", "message": "locked"}]
            """
        try await LocalAzure.with(faults: fault) { azure in
            _ = try await Self.backUp(azure, times: 2)
            #expect(await azure.backUp().code == 4)
            let prune = await Self.prune(azure)
            #expect(prune.code == 4, "\(prune.everything)")
            let holds = prune.document?["instances"]?.array?.first?["holds"]?.array
            #expect(holds?.map { $0["code"]?.string } == ["newestRunFailing"])
            #expect(await Self.left(azure).count == 2)
            #expect(await azure.backUp().code == 0)
            let last = await Self.prune(azure)
            #expect(last.code == 0, "\(last.everything)")
            #expect(await Self.left(azure).count == 1, "\(last.everything)")
        }
    }
}
