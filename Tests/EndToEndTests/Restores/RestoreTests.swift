import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import Testing

@Suite("restore, through sockets", .timeLimit(.minutes(2)))
struct RestoreTests {
    static let account = ["--storage-account", "contosobackups"]
    static let standby = ["restore", "--from", "contoso-apim", "--to", "contoso-standby"] + Self.account

    /// The restores that the local Azure was asked for.
    static func restores(_ azure: LocalAzure) async throws -> [JSONValue] {
        try await azure.accepted().filter { $0["kind"]?.string == "restore" }
    }

    @Test func `restores the newest backup into another instance, backed up first, and says what is left`() async throws
    {
        try await LocalAzure.with { azure in
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            let end = await azure.run(Self.standby + ["--confirm", "contoso-standby", "--format", "json"])
            #expect(end.code == 0, "\(end.everything)")
            let plan = try #require(end.lines.first)
            #expect(plan["type"]?.string == "plan")
            #expect(plan["backup"]?["name"]?.string == backup)
            #expect(plan["safetyBackup"] == .boolean(true))
            #expect(plan["refusals"]?.array == [])
            let summary = try #require(end.summary)
            #expect(summary["kind"]?.string == "restore")
            #expect(summary["outcome"]?.string == "verified")
            #expect(summary["backup"]?["name"]?.string == backup)
            #expect(summary["checks"]?.array?.allSatisfy { $0["good"] == .boolean(true) } == true)
            let topics = summary["leftovers"]?.array?.compactMap { $0["topic"]?.string } ?? []
            #expect(topics.contains("developer-portal"), "\(topics)")
            let kinds = try await azure.accepted().map { "\($0["kind"]?.string ?? "") \($0["blob"]?.string ?? "")" }
            #expect(kinds.count == 3)
            #expect(kinds.last == "restore \(backup)")
            #expect(kinds[1].hasPrefix("backup contoso-standby-"))
            // A restore is no backup: neither list nor status takes it for one.
            let list = await azure.run(["list", "--format", "json"] + Self.account)
            #expect(list.document?.array?.count == 2, "\(list.everything)")
            let run = try #require(summary["run"]?.string)
            let show = await azure.run(["show", run, "--format", "json"] + Self.account)
            #expect(show.document?["restore"]?["backup"]?["name"]?.string == backup, "\(show.everything)")
            #expect(show.document?["restore"]?["confirmation"]?["name"]?.string == "contoso-standby")
            #expect(show.document?["restore"]?["safetyBackup"] == summary["safetyBackup"])
        }
    }

    @Test func `prints a plan and changes nothing with --dry-run`() async throws {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp().code == 0)
            let table = await azure.run(Self.standby + ["--dry-run"])
            #expect(table.code == 0, "\(table.everything)")
            for words in ["Plan of a restore into contoso-standby", "the newest verified backup", "What it does"] {
                #expect(table.output.contains(words), "\(table.output)")
            }
            let json = await azure.run(Self.standby + ["--dry-run", "--format", "json"])
            #expect(json.document?["type"]?.string == "plan", "\(json.everything)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    struct Refusal: CustomTestStringConvertible {
        var testDescription: String
        var options: [String]
        var exit: Int32 = 4
        var code: String

        static let all = [
            Self(
                testDescription: "another tier",
                options: ["--from", "contoso-apim", "--to", "fabrikam-apim"],
                code: "tierMismatch"
            ),
            Self(testDescription: "the same instance", options: ["--to", "contoso-apim"], code: "sameInstance"),
            Self(
                testDescription: "a tier without restore",
                options: ["--from", "contoso-apim", "--to", "tailwind-apim"],
                code: "tierMismatch"
            ),
            Self(
                testDescription: "no such backup",
                options: ["--backup", "nothing.apimbackup", "--from", "contoso-apim", "--to", "contoso-standby"],
                code: "notFound"
            ),
            Self(
                testDescription: "no backup that old",
                options: ["--at", "2020-01-01T00:00:00Z", "--from", "contoso-apim", "--to", "contoso-standby"],
                code: "notFound"
            ),
            Self(
                testDescription: "no such target",
                options: ["--from", "contoso-apim", "--to", "nosuch"],
                code: "instanceNotFound"
            ),
            Self(
                testDescription: "another name confirmed",
                options: ["--from", "contoso-apim", "--to", "contoso-standby", "--confirm", "contoso-apim"],
                exit: 64,
                code: "invalidInput"
            ),
            Self(
                testDescription: "nothing confirmed",
                options: ["--from", "contoso-apim", "--to", "contoso-standby"],
                exit: 64,
                code: "invalidInput"
            ),
        ]
    }

    @Test func `changes nothing where a rule forbids it or nobody confirms it`() async throws {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp().code == 0)
            for refusal in Refusal.all {
                let end = await azure.run(["restore"] + refusal.options + Self.account + ["--format", "json"])
                #expect(end.code == refusal.exit, "\(refusal.testDescription): \(end.everything)")
                #expect(end.errorCode == refusal.code, "\(refusal.testDescription): \(end.everything)")
            }
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `takes the typed name for a confirmation, and nothing else`() async throws {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp().code == 0)
            var azure = azure
            for (typed, code) in [("yes", Int32(64)), ("Contoso-Standby", 0)] {
                azure.answer = typed
                let end = await azure.run(Self.standby + ["--no-safety-backup"])
                #expect(end.code == code, "\(end.everything)")
            }
            let restores = try await Self.restores(azure)
            #expect(restores.count == 1)
        }
    }

    @Test func `restores in place where that is said`() async throws {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp().code == 0)
            let end = await azure.run(
                ["restore", "--to", "contoso-apim", "--in-place", "--confirm", "contoso-apim"] + Self.account
            )
            #expect(end.code == 0, "\(end.everything)")
            #expect(end.output.contains("verified  contoso-apim  from contoso-apim-"), "\(end.output)")
            #expect(end.output.contains("in place"))
        }
    }

    @Test func `passes a backup over that was made before a restore, unless that one is named`() async throws {
        try await LocalAzure.with { azure in
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            let restore = ["restore", "--to", "contoso-apim", "--in-place", "--format", "json"] + Self.account
            let first = await azure.run(restore + ["--confirm", "contoso-apim"])
            #expect(first.code == 0, "\(first.everything)")
            let run = try #require(first.summary?["safetyBackup"]?.string)
            let show = await azure.run(["show", run, "--format", "json"] + Self.account)
            #expect(show.document?["beforeRestoreOf"]?.string == backup, "\(show.everything)")
            let safe = try #require(show.document?["backup"]?["name"]?.string)
            // Whoever does the same again gets the same backup, not what the first restore was to replace.
            let again = await azure.run(restore + ["--dry-run"])
            #expect(again.document?["backup"]?["name"]?.string == backup, "\(again.everything)")
            #expect(again.document?["passedOver"]?.array?.compactMap(\.string) == [safe])
            #expect(again.output.contains("made before a restore of \(backup)"), "\(again.output)")
            let runbook = await azure.run(["runbook", "contoso-apim"] + Self.account)
            #expect(runbook.output.contains(backup) && !runbook.output.contains(safe), "\(runbook.output)")
            let named = await azure.run(restore + ["--backup", safe, "--dry-run"])
            #expect(named.code == 0 && named.document?["backup"]?["name"]?.string == safe, "\(named.everything)")
        }
    }

    @Test func `passes a backup over that was under way when a restore began and served as its safety backup`()
        async throws
    {
        try await LocalAzure.with(world: #"{"timings": {"backupSeconds": 1800}}"#) { azure in
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            let night = try #require(await azure.backUp("contoso-apim", "--no-wait").summary?["run"]?.string)
            let restore = ["restore", "--to", "contoso-apim", "--in-place", "--format", "json"] + Self.account
            let first = await azure.run(restore + ["--confirm", "contoso-apim", "--wait-busy", "1h"])
            #expect(first.code == 0, "\(first.everything)")
            #expect(first.summary?["safetyBackup"]?.string == night, "\(first.everything)")
            let again = await azure.run(restore + ["--dry-run"])
            #expect(again.document?["backup"]?["name"]?.string == backup, "\(again.everything)")
            let runbook = await azure.run(["runbook", "contoso-apim"] + Self.account)
            #expect(runbook.output.contains("Newest verified backup: `\(backup)`"), "\(runbook.output)")
        }
    }

    @Test func `is followed by the next restore, or by resume, where it was interrupted`() async throws {
        // Long enough to be interrupted on a busy machine.
        try await LocalAzure.with(world: #"{"timings": {"restoreSeconds": 3000}}"#) { azure in
            #expect(await azure.backUp().code == 0)
            let whole = await azure.run(
                Self.standby + ["--no-safety-backup", "--confirm", "contoso-standby", "--format", "json"]
            )
            #expect(whole.summary?["leftovers"]?.array?.isEmpty == false, "\(whole.everything)")
            let followers = [Self.standby + ["--confirm", "contoso-standby"], ["resume"] + Self.account]
            for follower in followers.map({ $0 + ["--format", "json"] }) {
                let before = try await Self.restores(azure).count
                let stop = StopSignal()
                async let interrupted = azure.run(
                    Self.standby + ["--no-safety-backup", "--confirm", "contoso-standby"],
                    stop: stop
                )
                while try await Self.restores(azure).count == before {
                    try await RealClock().sleep(for: .milliseconds(100))
                }
                stop.raise()
                let first = await interrupted
                #expect(first.code == 130, "\(first.everything)")
                #expect(first.errors.contains("The restore of contoso-standby goes on in Azure"), "\(first.errors)")
                // A backup meanwhile is kept out by Azure, or by the lock.
                let second = await azure.run(follower)
                #expect(second.code == 0, "\(second.everything)")
                #expect(second.summary?["outcome"]?.string == "verified", "\(second.output)")
                // What is left for a person does not depend on who followed it to its end.
                #expect(second.summary?["leftovers"] == whole.summary?["leftovers"], "\(second.output)")
                #expect(second.summary?["checks"] == whole.summary?["checks"], "\(second.output)")
                let after = try await Self.restores(azure).count
                #expect(after == before + 1)
            }
        }
    }

    @Test func `is left open where it takes longer than --timeout, and the target is looked at only after its end`()
        async throws
    {
        try await LocalAzure.with(world: #"{"timings": {"restoreSeconds": 604800}}"#) { azure in
            #expect(await azure.backUp().code == 0)
            let restore = Self.standby + ["--no-safety-backup", "--confirm", "contoso-standby"]
            let resume = ["resume"] + Self.account
            for command in [restore, resume].map({ $0 + ["--timeout", "1s", "--format", "json"] }) {
                let left = await azure.run(command)
                #expect(left.code == 5, "\(left.everything)")
                #expect(left.summary?["outcome"]?.string == "unknown")
                #expect(left.summary?["state"]?.string == "accepted")
                #expect(left.errorCode == "notSeenToTheEnd")
                // As the target looks while it is overwritten says nothing of the restore.
                #expect(left.summary?["checks"]?.array == [], "\(left.output)")
                #expect(left.summary?["leftovers"]?.array == [], "\(left.output)")
                #expect(left.errors.contains("The restore of contoso-standby goes on in Azure"), "\(left.errors)")
            }
            let end = try await azure.endingBackupsOnceFollowed { await azure.run(resume + ["--format", "json"]) }
            #expect(end.code == 0, "\(end.everything)")
            #expect(end.summary?["outcome"]?.string == "verified")
            #expect(end.summary?["checks"]?.array?.isEmpty == false)
            #expect(end.summary?["leftovers"]?.array?.isEmpty == false)
            #expect(try await Self.restores(azure).count == 1)
        }
    }

    @Test func `tells Azure's words where the restore fails, and leaves a record of it`() async throws {
        let world = """
            {"keepRoleAssignments": true, "instances": [
                {"name": "contoso-blind", "resourceGroup": "rg-apim", "tier": "Developer"}]}
            """
        let faults = """
            [{"method": "GET", "path": "*/roleAssignments", "always": true, "status": 403, "code": "AuthorizationFailed"}]
            """
        try await LocalAzure.with(world: world, faults: faults) { azure in
            #expect(await azure.backUp().code == 0)
            let end = await azure.run(
                ["restore", "--from", "contoso-apim", "--to", "contoso-blind", "--no-safety-backup"] + Self.account
                    + ["--confirm", "contoso-blind", "--format", "json"]
            )
            #expect(end.lines.first?["readAccess"]?.string == "unknown", "\(end.everything)")
            #expect(end.code == 1, "\(end.everything)")
            #expect(end.errorCode == "restoreFailed")
            #expect(end.summary?["error"]?["azure"]?["code"]?.string == "RestoreFailed")
            #expect(end.summary?["leftovers"]?.array == [])
        }
    }

    @Test func `restores nothing where the safety backup does not end verified`() async throws {
        let world = """
            {"instances": [{"name": "contoso-standby", "resourceGroup": "rg-apim", "tier": "Developer",
                            "backupFailure": {"code": "BackupFailed", "message": "Disk full."}}]}
            """
        try await LocalAzure.with(world: world) { azure in
            #expect(await azure.backUp().code == 0)
            let end = await azure.run(Self.standby + ["--confirm", "contoso-standby", "--format", "json"])
            #expect(end.code == 4, "\(end.everything)")
            #expect(end.errorCode == "backupUnverified")
            let restores = try await Self.restores(azure)
            #expect(restores.isEmpty)
        }
    }

    @Test func `makes no plan while a restore of a newer version may be under way`() async throws {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp().code == 0)
            let end = await azure.run(
                Self.standby + ["--no-safety-backup", "--confirm", "contoso-standby", "--format", "json"]
            )
            let id = try #require(end.summary?["run"]?.string)
            try await azure.withBlobs { blobs in
                let page = try await blobs.list(
                    "apim-backups-catalog",
                    prefix: "v1/restores/",
                    delimiter: nil,
                    marker: nil
                )
                let path = try #require(page.blobs.first { $0.name.contains(id) }?.name)
                _ = try await blobs.write(
                    Data(#"{"version": 9, "program": "apim-backup 9.0.0", "state": "accepted"}"#.utf8),
                    to: path,
                    in: "apim-backups-catalog",
                    condition: .always,
                    contentType: "application/json"
                )
            }
            let second = await azure.run(Self.standby + ["--confirm", "contoso-standby", "--format", "json"])
            #expect(second.code == 4, "\(second.everything)")
            #expect(second.errorCode == "recordTooNew")
            let resumed = await azure.run(["resume"] + Self.account)
            #expect(resumed.code == 4, "\(resumed.everything)")
            #expect(resumed.errors.contains("apim-backup \u{2265} 9.0.0"), "\(resumed.errors)")
        }
    }
}
