import AzureEmulator
import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("Several instances at once, through sockets", .timeLimit(.minutes(3)))
struct FleetTests {
    /// A second account that API Management and the runner may use, and an instance whose backups fail.
    static let world = """
        {"storageAccounts": [{"name": "fabrikambackups", "resourceGroup": "rg-apim", "containers": ["apim-backups"]}],
         "instances": [{"name": "adatum-apim", "tier": "Developer", "resourceGroup": "rg-apim",
                        "backupFailure": {"code": "BackupFailed", "message": "no"}}],
         "roleAssignments": [
            {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
             "scope": "storageAccount:fabrikambackups"},
            {"principal": "instance:fabrikam-apim", "role": "Storage Blob Data Contributor",
             "scope": "storageAccount:fabrikambackups"}]}
        """

    static let settings = """
        version: 1
        storage: {account: contosobackups}
        instances:
          - contoso-apim
          - name: fabrikam-apim
            storage: {account: fabrikambackups}
            retention: {keepLast: 1}
            maxAge: 50h
        """

    @Test func `run --all backs up each into its own account, and status, list and verify see both`() async throws {
        try await SettingsFolder.with { folder in
            let file = ["--settings", try folder.write(Self.settings)]
            try await LocalAzure.with(world: Self.world) { azure in
                let run = await azure.run(["run", "--all", "--format", "json"] + file)
                #expect(run.code == 0, "\(run.everything)")
                let summaries = run.lines.filter { $0["type"]?.string == "summary" }
                let accounts = summaries.map { ($0["instance"]?.string ?? "", $0["backup"]?["account"]?.string) }
                    .sorted { $0.0 < $1.0 }
                #expect(accounts.map(\.0) == ["contoso-apim", "fabrikam-apim"])
                #expect(accounts.map(\.1) == ["contosobackups", "fabrikambackups"])
                let total = try #require(run.lines.last)
                #expect(total["type"]?.string == "total")
                #expect(total["outcomes"] == .object(["verified": .integer(2)]))
                #expect(total["exitCode"] == .integer(0))

                let status = await azure.run(["status", "--format", "json"] + file)
                #expect(status.code == 0, "\(status.everything)")
                #expect(status.document?.array?.count == 2)
                let list = await azure.run(["list"] + file)
                #expect(list.output.contains("ACCOUNT"), "\(list.everything)")
                let verify = await azure.run(["verify", "--all", "--format", "json"] + file)
                #expect(verify.code == 0, "\(verify.everything)")
                #expect(verify.document?["instances"]?.array?.count == 2)
                let show = await azure.run(["show", "fabrikam-apim", "--format", "json"] + file)
                #expect(show.document?["storage"]?["account"]?.string == "fabrikambackups", "\(show.everything)")
                let run2 = try #require(summaries.first { $0["instance"]?.string == "fabrikam-apim" }?["run"]?.string)
                #expect(await azure.run(["show", run2] + file).code == 0)
            }
        }
    }

    @Test func `one that fails and one that nobody knows stop no other, and the exit code is 3`() async throws {
        try await LocalAzure.with(world: Self.world) { azure in
            var azure = azure
            azure.environment["APIM_BACKUP_STORAGE_ACCOUNT"] = "contosobackups"
            azure.environment["APIM_BACKUP_INSTANCES"] = "contoso-apim,adatum-apim,nobody"
            let run = await azure.run("run", "--all")
            #expect(run.code == 3, "\(run.everything)")
            for words in [/contoso-apim +verified/, /adatum-apim +failed/, /nobody +refused/] {
                #expect(run.output.contains(words), "\(run.output)")
            }
            #expect(run.output.contains("3 instances in "), "\(run.output)")
            #expect(run.output.contains(": 1 verified, 1 failed, 1 refused."), "\(run.output)")
            #expect(run.errors.contains("error: nobody: No API Management instance named 'nobody'"))
            #expect(run.errors.contains("error: adatum-apim: "))
            #expect(run.errors.contains("  contoso-apim  accepted by Azure, following the operation"))
            let json = await azure.run("run", "adatum-apim", "nobody", "adatum-apim", "--format", "json")
            #expect(json.code == 3)
            let total = try #require(json.lines.last)
            #expect(total["instances"] == .integer(2))
            let failures = total["failures"]?.array ?? []
            #expect(failures.map { $0["errorCode"]?.string } == ["backupFailed", "instanceNotFound"])
        }
    }

    @Test func `where all end alike that is the exit code`() async throws {
        try await LocalAzure.with { azure in
            let account = ["--storage-account", "contosobackups"]
            let refused = await azure.run(["run", "northwind-apim", "tailwind-apim"] + account)
            #expect(refused.code == 4, "\(refused.everything)")
            let nothing = await azure.run(["run", "a", "b", "--format", "json"])
            #expect(nothing.lines.last?["failures"]?.array?.count == 2, "\(nothing.everything)")
            #expect(nothing.code == 64)
            let none = await azure.run(["run", "--all", "--format", "json"] + account)
            #expect(none.code == 64)
            #expect(none.lines.last?["type"]?.string == "total")
            #expect(none.lines.last?["error"]?["message"]?.string == "The settings list no instance.")
        }
    }

    /// Forty instances of the tier Developer.
    static func forty(_ more: String = "") -> String {
        let names = (1...40).map { "fleet-\($0)" }
        let instances = names.map { #"{"name": "\#($0)", "tier": "Developer", "resourceGroup": "rg-apim"}"# }
        return """
            {"instances": [\(instances.joined(separator: ","))]\(more),
             "roleAssignments": [\(names.map { name in
                #"{"principal": "instance:\#(name)", "role": "Storage Blob Data Contributor", "scope": "group:rg-apim"}"#
             }.joined(separator: ","))]}
            """
    }

    static let fortyNames = (1...40).map { "fleet-\($0)" }.joined(separator: ",")

    @Test func `forty are backed up by eight at once, and never more`() async throws {
        try await LocalAzure.with(world: Self.forty()) { azure in
            var azure = azure
            azure.environment["APIM_BACKUP_STORAGE_ACCOUNT"] = "contosobackups"
            azure.environment["APIM_BACKUP_INSTANCES"] = Self.fortyNames
            let run = await azure.run("run", "--all", "--width", "8", "--format", "json")
            #expect(run.code == 0, "\(run.everything.suffix(2000))")
            #expect(run.lines.last?["outcomes"] == .object(["verified": .integer(40)]))
            #expect(run.lines.count { $0["type"]?.string == "summary" } == 40)
            var (now, most) = (0, 0)
            for line in run.lines {
                if line["state"]?.string == "planned", line["type"]?.string == "state" { now += 1 }
                if line["type"]?.string == "summary" { now -= 1 }
                most = max(most, now)
            }
            #expect(most == 8)
            let accepted = try await azure.accepted()
            #expect(accepted.count == 40)
            let status = await azure.run("status")
            #expect(status.code == 0)
        }
    }

    @Test func `a small budget of calls makes them slower, and no run fails`() async throws {
        let throttling = #", "throttling": {"reads": {"bucket": 60, "refillPerSecond": 0.1}}"#
        try await LocalAzure.with(world: Self.forty(throttling)) { azure in
            var azure = azure
            azure.environment["APIM_BACKUP_STORAGE_ACCOUNT"] = "contosobackups"
            azure.environment["APIM_BACKUP_INSTANCES"] = Self.fortyNames
            let run = await azure.run("run", "--all", "--width", "40", "--format", "json")
            #expect(run.code == 0, "\(run.everything.suffix(2000))")
            #expect(run.lines.last?["outcomes"] == .object(["verified": .integer(40)]))
        }
    }

    @Test func `an interrupt ends all, and begins none that waits`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            let stop = StopSignal()
            let names = ["contoso-apim", "contoso-standby", "fabrikam-apim"]
            async let interrupted = azure.run(
                ["run"] + names + ["--storage-account", "contosobackups", "--width", "1", "--format", "json"],
                stop: stop
            )
            try await azure.untilAccepted()
            stop.raise()
            let run = await interrupted
            #expect(run.code == 130, "\(run.everything)")
            #expect(run.lines.last?["outcomes"] == .object(["interrupted": .integer(3)]))
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }
}
