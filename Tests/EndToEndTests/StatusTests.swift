import AzureEmulator
import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("Status, discover, resume and pause", .timeLimit(.minutes(2)))
struct StatusTests {
    static let account = ["--storage-account", "contosobackups"]

    @Test func `an account without a run protects nothing`() async throws {
        try await LocalAzure.with { azure in
            let status = await azure.run(["status"] + Self.account)
            #expect(status.code == 1)
            #expect(status.errors.contains("nothing is protected"), "\(status.everything)")
            let named = await azure.run(["status", "contoso-apim"] + Self.account)
            #expect(named.code == 4)
            #expect(named.errors.contains("No instance 'contoso-apim' has records"), "\(named.everything)")
            let json = await azure.run(["status", "--format", "json"] + Self.account)
            #expect(json.document?.array?.isEmpty == true)
        }
    }

    @Test(arguments: [-630.0, 630])
    func `nothing is said by a clock that is off, and a monitor sees no success`(_ seconds: Double) async throws {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp().code == 0)
            var off = azure
            off.clock = RealClock(offset: seconds)
            for command in ["status", "discover"] {
                let end = await off.run([command] + Self.account)
                #expect(end.code == 4, "\(end.everything)")
                let words = "This machine's clock is 10 min \(seconds > 0 ? "ahead of" : "behind") Azure's"
                #expect(end.errors.contains(words), "\(end.everything)")
                #expect(!end.output.contains("protected"), "\(end.everything)")
            }
            #expect(await azure.run(["status"] + Self.account).code == 0)
        }
    }

    @Test func `a verified backup protects, a failed night after it endangers, a pause is shown`() async throws {
        let world = """
            {"instances": [{"name": "adatum-apim", "tier": "Developer", "resourceGroup": "rg-apim",
                            "backupFailure": {"code": "BackupFailed", "message": "no"}}]}
            """
        try await LocalAzure.with(world: world) { azure in
            #expect(await azure.backUp().code == 0)
            let good = await azure.run(["status", "contoso-apim"] + Self.account)
            #expect(good.code == 0, "\(good.everything)")
            #expect(good.output.contains("protected"))
            #expect(await azure.backUp("adatum-apim").code == 1)
            let both = await azure.run(["status", "--format", "json"] + Self.account)
            #expect(both.code == 1)
            let rows = try #require(both.document?.array)
            #expect(rows.map { $0["instance"]?.string } == ["adatum-apim", "contoso-apim"])
            #expect(rows.map { $0["verdict"]?.string } == ["unprotected", "protected"])
            #expect(rows[1]["lastVerified"]?["backupName"]?.string?.hasPrefix("contoso-apim-") == true)
            let until = Date(timeIntervalSinceNow: 86_400).wholeSeconds.iso8601
            let pause = await azure.run(
                ["pause", "contoso-apim", "--until", until, "--reason", "migration"] + Self.account
            )
            #expect(pause.code == 0, "\(pause.everything)")
            let paused = await azure.run(["status", "contoso-apim"] + Self.account)
            #expect(paused.code == 1)
            #expect(paused.output.contains("paused until \(until): migration"), "\(paused.everything)")
            let resumed = await azure.run(["resume-schedule", "contoso-apim"] + Self.account)
            #expect(resumed.output == "The schedule of contoso-apim goes on.\n")
            #expect(await azure.run(["status", "contoso-apim"] + Self.account).code == 0)
            let twice = await azure.run(["resume-schedule", "contoso-apim"] + Self.account)
            #expect(twice.output == "The schedule of contoso-apim was not paused.\n")
            let old = await azure.run(["status", "contoso-apim", "--max-age", "0s"] + Self.account)
            #expect(old.code == 1, "\(old.everything)")
        }
    }

    @Test(arguments: [
        (["pause", "contoso-apim", "--until", "tomorrow"], "2026-12-01T06:00:00Z", Int32(64)),
        (["pause", "contoso-apim", "--until", "2020-01-01T00:00:00Z"], "is in the past", 64),
        (["pause", "nobody", "--until", "2099-01-01T00:00:00Z"], "No API Management instance named 'nobody'", 4),
        (["resume-schedule", "nobody"], "No API Management instance named 'nobody'", 4),
        (["resume-schedule", "contoso-apim"], "The schedule of contoso-apim was not paused", 0),
    ])
    func `what is wrong with a pause is named`(_ arguments: [String], _ says: String, _ code: Int32) async throws {
        try await LocalAzure.with { azure in
            let run = await azure.run(arguments + Self.account)
            #expect(run.code == code, "\(run.everything)")
            #expect(run.everything.contains(says), "\(run.everything)")
        }
    }

    @Test func `a schedule may be paused before its first night, and status shows it`() async throws {
        try await LocalAzure.with { azure in
            let until = "2099-01-01T00:00:00Z"
            let pause = await azure.run(["pause", "contoso-standby", "--until", until] + Self.account)
            #expect(pause.code == 0, "\(pause.everything)")
            let status = await azure.run(["status"] + Self.account)
            #expect(status.code == 1)
            #expect(status.output.contains("contoso-standby"), "\(status.everything)")
            #expect(status.output.contains("The schedule is paused until \(until)."), "\(status.everything)")
        }
    }

    @Test func `lock status tells what the holder is at`() async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            let stop = StopSignal()
            async let following = azure.run(["run", "contoso-apim"] + Self.account, stop: stop)
            try await azure.untilAccepted()
            let held = await azure.run(["lock", "status", "--format", "json"] + Self.account)
            let row = held.document?.array?.first
            #expect(row?["held"] == .boolean(true), "\(held.everything)")
            #expect(row?["holder"]?["program"]?.string?.hasPrefix("apim-backup ") == true, "\(held.everything)")
            #expect(row?["holder"]?["since"]?.string?.isEmpty == false)
            let run = try #require(row?["holder"]?["run"]?.string)
            let table = await azure.run(["lock", "status"] + Self.account)
            #expect(table.output.contains(run), "\(table.everything)")
            stop.raise()
            _ = await following
            let free = await azure.run(["lock", "status", "--format", "json"] + Self.account)
            #expect(free.document?.array?.first?["held"] == .boolean(false), "\(free.everything)")
            #expect(free.document?.array?.first?["holder"] == nil)
        }
    }

    @Test func `discover lists what nothing protects, with the tiers that have no backup`() async throws {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp().code == 0)
            let discover = await azure.run(["discover", "--format", "json"] + Self.account)
            #expect(discover.code == 0, "\(discover.everything)")
            let rows = try #require(discover.document?.array)
            #expect(
                rows.compactMap { $0["name"]?.string }
                    == ["contoso-standby", "fabrikam-apim", "northwind-apim", "tailwind-apim"]
            )
            #expect(rows.map { $0["supportsBackup"] } == [true, true, false, false].map { .boolean($0) })
            let all = await azure.run(["discover", "--all"] + Self.account)
            #expect(all.output.contains("contoso-apim "), "\(all.everything)")
            #expect(all.output.contains("its tier has no backup"))
        }
    }

    @Test func `a refused run hides neither the tier from discover nor a name from list`() async throws {
        try await LocalAzure.with { azure in
            let name = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            #expect(await azure.backUp("northwind-apim").code == 4)
            let discover = await azure.run(["discover"] + Self.account)
            let line = discover.output.split(separator: "\n").first { $0.hasPrefix("northwind-apim ") }
            #expect(line?.contains("its tier has no backup") == true, "\(discover.everything)")
            let lines = await azure.run(["list", "--limit", "1", "--format", "json"] + Self.account)
            #expect(lines.document?.array?.first?["backupName"] == nil, "\(lines.everything)")
            let names = await azure.run(["list", "--limit", "1", "--quiet"] + Self.account)
            #expect(names.output == "\(name)\n", "\(names.everything)")
        }
    }

    @Test func `a backup that somebody deleted stops counting at once, wherever a verdict is given`() async throws {
        try await LocalAzure.with { azure in
            let run = await azure.backUp()
            let name = try #require(run.summary?["backup"]?["name"]?.string)
            try await azure.withBlobs { blobs in
                _ = try await blobs.delete(name, in: "apim-backups", condition: .always)
            }
            let lost = "The backup \(name) has vanished since its run; 'apim-backup verify contoso-apim' says"
            let json = await azure.run(["status", "--format", "json"] + Self.account)
            #expect(json.document?.array?.first?["backupIntact"] == .boolean(false), "\(json.everything)")
            let doctor = await azure.run(["doctor", "contoso-apim"] + Self.account)
            #expect(doctor.output.contains(lost), "\(doctor.everything)")
            let discover = await azure.run(["discover", "--quiet"] + Self.account)
            #expect(discover.output.contains("/contoso-apim\n"), "\(discover.everything)")
            // It stays so once verify has written it down.
            for isVerified in [false, true] {
                if isVerified {
                    let verify = await azure.run(["verify", "contoso-apim"] + Self.account)
                    #expect(verify.code == 1, "\(verify.everything)")
                }
                let status = await azure.run(["status"] + Self.account)
                #expect(status.code == 1)
                #expect(status.output.contains("unprotected"), "\(status.everything)")
                #expect(status.output.contains(lost), "\(status.everything)")
            }
            #expect(await azure.backUp().code == 0)
            let again = await azure.run(["status"] + Self.account)
            #expect(again.output.contains("at risk"), "\(again.everything)")
            #expect(again.output.contains("has vanished since its run"), "\(again.everything)")
        }
    }

    @Test func `resume follows what was left behind, and begins nothing`() async throws {
        try await LocalAzure.with { azure in
            let nothing = await azure.run(["resume"] + Self.account)
            #expect(nothing.code == 0)
            #expect(nothing.errors.contains("No run of any instance is under way"), "\(nothing.everything)")
            let accepted = await azure.backUp("contoso-apim", "--no-wait")
            #expect(accepted.code == 0)
            let resumed = await azure.run(["resume", "--format", "json"] + Self.account)
            #expect(resumed.code == 0, "\(resumed.everything)")
            #expect(resumed.summary?["run"] == accepted.summary?["run"])
            #expect(resumed.summary?["outcome"]?.string == "verified")
            let again = await azure.run(["resume", "contoso-apim"] + Self.account)
            #expect(again.code == 0)
            let posted = try await azure.accepted()
            #expect(posted.count == 1)
            #expect(await azure.run(["status"] + Self.account).code == 0)
        }
    }
}

@Suite("Support bundles", .timeLimit(.minutes(1)))
struct SupportBundleTests {
    @Test func `hold what a ticket needs and no secret`() async throws {
        let world = """
            {"instances": [{"name": "contoso-apim", "tier": "Developer", "resourceGroup": "rg-apim",
                            "properties": {"publisherEmail": "owner@contoso.com"}}]}
            """
        try await LocalAzure.with(world: world) { azure in
            var azure = azure
            #expect(await azure.backUp().code == 0)
            azure.environment["AZURE_CLIENT_ID"] = azure.ready.clientID
            azure.environment["AZURE_CLIENT_SECRET"] = azure.ready.clientSecret
            let bundle = await azure.run("support-bundle", "contoso-apim", "--storage-account", "contosobackups")
            #expect(bundle.code == 0, "\(bundle.everything)")
            let document = try #require(bundle.document)
            #expect(document["version"]?.integer == 1)
            #expect(document["records"]?.array?.first?["outcome"]?.string == "verified")
            #expect(document["blobs"]?.array?.first?["seen"]?["bytes"]?.integer ?? 0 > 0)
            #expect(document["environment"]?["AZURE_CLIENT_SECRET"]?.string == "<set>")
            #expect(document["environment"]?["AZURE_CLIENT_ID"]?.string == azure.ready.clientID)
            #expect(document["credential"]?["credential"]?.string == "environment (client secret)")
            #expect(document["instance"]?["properties"]?["publisherEmail"]?.string == "<personal data>")
            #expect(document["summary"]?["runs"]?.array?.count == 1)
            for secret in [azure.ready.clientSecret, azure.ready.storageKey, "owner@contoso.com", "eyJ"] {
                #expect(!bundle.everything.contains(secret))
            }
        }
    }

    @Test func `are written where the instance is gone, and never over a file`() async throws {
        try await LocalAzure.with { azure in
            let accepted = await azure.backUp()
            let run = try #require(accepted.summary?["run"]?.string)
            let file = FileManager.default.temporaryDirectory.appending(path: "bundle-\(UUID().uuidString).json")
            defer { try? FileManager.default.removeItem(at: file) }
            let arguments = ["support-bundle", run, "--storage-account", "contosobackups", "--out", file.path]
            let first = await azure.run(arguments)
            #expect(first.code == 0, "\(first.everything)")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains(run))
            let second = await azure.run(arguments)
            #expect(second.code == 1)
            #expect(second.errors.contains("cannot be written"), "\(second.everything)")
            #expect(try String(contentsOf: file, encoding: .utf8) == text)
        }
    }

    @Test func `say why the catalog could not be read, with all else that is known`() async throws {
        try await LocalAzure.with { azure in
            let id =
                "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-apim/providers"
                + "/Microsoft.ApiManagement/service/contoso-apim"
            let arguments = ["--storage-account", "contosobackups", "--blob-endpoint", "http://127.0.0.1:1"]
            let bundle = await azure.run(["support-bundle", id] + arguments)
            #expect(bundle.code == 0, "\(bundle.everything)")
            let document = try #require(bundle.document)
            #expect(document["catalogProblem"]?["code"]?.string == "unreachable", "\(bundle.everything)")
            #expect(document["records"]?.array?.isEmpty == true)
            #expect(document["program"]?.string?.hasPrefix("apim-backup") == true)
            #expect(document["credential"]?["error"] == nil)
            #expect(!bundle.output.contains("127.0.0.1"), "\(bundle.output)")
            #expect(bundle.errors.contains("The catalog could not be read"))
        }
    }
}
