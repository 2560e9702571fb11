import BackupDomain
import Foundation
import Testing

@Suite("run --due", .timeLimit(.minutes(2)))
struct DueTests {
    /// An interval whose newest time was a moment ago and whose next one is days away, whenever the test runs.
    static let interval: (option: String, newest: Date, seconds: Double) = {
        let now = Int(Date().timeIntervalSince1970)
        let parts = (2000...4000).min { now % (now / $0) < now % (now / $1) } ?? 2000
        let seconds = now / parts
        return ("\(seconds)s", Date(timeIntervalSince1970: Double(now / seconds * seconds)), Double(seconds))
    }()

    private static func due(_ azure: LocalAzure, _ options: String...) async -> LocalAzure.Invocation {
        let common = ["run", "contoso-apim", "--due", "--storage-account", "contosobackups", "--format", "json"]
        return await azure.run(common + options)
    }

    private static func history(_ azure: LocalAzure) async -> [JSONValue] {
        let arguments = ["schedule", "history", "contoso-apim", "--storage-account", "contosobackups"]
        return await azure.run(arguments + ["--format", "json"]).document?.array ?? []
    }

    @Test func `makes the backup that is due, once`() async throws {
        try await LocalAzure.with { azure in
            let first = await Self.due(azure, "--every", Self.interval.option)
            #expect(first.code == 0, "\(first.everything)")
            #expect(first.summary?["outcome"]?.string == "verified")
            let name = "contoso-apim-\(Self.interval.newest.compact).apimbackup"
            #expect(first.summary?["backup"]?["name"]?.string == name)
            #expect(first.lines.last?["type"]?.string == "due")
            let second = await Self.due(azure, "--every", Self.interval.option)
            #expect(second.code == 0)
            #expect(second.lines.map { $0["type"]?.string } == ["due"])
            #expect(await Self.history(azure).map { $0["outcome"]?.string } == ["verified"])
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `follows what was left behind where nothing is due, and leaves it to whoever is at work on it`()
        async throws
    {
        try await LocalAzure.with { azure in
            #expect(await azure.backUp("contoso-apim", "--no-wait").code == 0)
            let due = await Self.due(azure, "--cron", "0 0 29 2 *")
            #expect(due.code == 0, "\(due.everything)")
            #expect(due.summary?["outcome"]?.string == "verified", "\(due.everything)")
            let again = await Self.due(azure, "--cron", "0 0 29 2 *")
            #expect(again.lines.map { $0["type"]?.string } == ["due"])
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
            async let run = azure.backUp()
            var isLocked = false
            while !isLocked {
                let status = await azure.run(
                    "lock",
                    "status",
                    "contoso-apim",
                    "--storage-account",
                    "contosobackups",
                    "--format",
                    "json"
                )
                isLocked = status.output.contains("\"held\" : true")
            }
            let other = await Self.due(azure, "--cron", "0 0 29 2 *")
            #expect(other.lines.map { $0["type"]?.string } == ["due"], "\(other.everything)")
            #expect(await run.code == 0)
        }
    }

    @Test func `follows what is due, and what was left behind, to its end for however short a time others would`()
        async throws
    {
        try await LocalAzure.with(world: #"{"timings": {"backupSeconds": 1200}}"#) { azure in
            let due = await Self.due(azure, "--every", Self.interval.option, "--timeout", "1s")
            #expect(due.lines.compactMap { $0["outcome"]?.string } == ["verified"], "\(due.everything)")
            #expect(await azure.backUp("contoso-apim", "--no-wait").code == 0)
            let left = await Self.due(azure, "--cron", "0 0 29 2 *", "--timeout", "1s")
            #expect(left.lines.compactMap { $0["outcome"]?.string } == ["verified"], "\(left.everything)")
        }
    }

    @Test func `makes one backup where two of them begin at once`() async throws {
        try await LocalAzure.with { azure in
            async let one = Self.due(azure, "--every", Self.interval.option)
            async let other = Self.due(azure, "--every", Self.interval.option)
            let codes = await [one.code, other.code]
            #expect(codes == [0, 0])
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `skips what is paused, and says so`() async throws {
        try await LocalAzure.with { azure in
            // The first look of another schedule makes the catalog; no time of it is near.
            _ = await Self.due(azure, "--cron", "0 0 29 2 *")
            let until = (Date() + 86_400).iso8601
            let paused = await azure.run(
                "pause",
                "contoso-apim",
                "--until",
                until,
                "--storage-account",
                "contosobackups"
            )
            #expect(paused.code == 0, "\(paused.everything)")
            let due = await Self.due(azure, "--every", Self.interval.option)
            #expect(due.code == 0)
            #expect(due.lines.first?["outcome"]?.string == "skipped")
            #expect(due.lines.first?["reason"]?["code"]?.string == "paused")
            let history = await Self.history(azure)
            #expect(history.map { $0["outcome"]?.string } == ["skipped"])
            #expect(history.first?["reason"]?["code"]?.string == "paused")
            let status = await azure.run("status", "--storage-account", "contosobackups", "--format", "json")
            #expect(status.output.contains("\"leftOut\"") && status.output.contains("skipped"), "\(status.output)")
            let list = await azure.run("list", "--storage-account", "contosobackups")
            #expect(
                list.output.contains("skipped") && list.output.contains("The schedule was paused."),
                "\(list.output)"
            )
            let accepted = try await azure.accepted()
            #expect(accepted.isEmpty)
        }
    }

    @Test func `says when the next time is where nothing is due`() async throws {
        try await LocalAzure.with { azure in
            let due = await azure.run(
                "run",
                "contoso-apim",
                "--due",
                "--storage-account",
                "contosobackups",
                "--cron",
                "0 0 29 2 *"
            )
            #expect(due.code == 0)
            #expect(due.errors.contains("-02-29T00:00:00Z"))
            #expect(due.output.isEmpty)
        }
    }

    @Test func `refuses a zone that is not there before it begins`() async throws {
        try await LocalAzure.with { azure in
            let due = await Self.due(azure, "--time-zone", "Europe/Atlantis")
            #expect(due.code == 64)
            #expect(due.errorCode == "invalidInput")
            let accepted = try await azure.accepted()
            #expect(accepted.isEmpty)
        }
    }

    @Test func `makes what is due of all instances of the file, each by its own schedule`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                schedule: {every: \(Self.interval.option)}
                instances:
                  - contoso-apim
                  - fabrikam-apim
                  - name: contoso-standby
                    schedule: {cron: 0 0 29 2 *}
                  - nobody
                """
            )
            try await LocalAzure.with { azure in
                let all = ["run", "--all", "--due", "--settings", file]
                let first = await azure.run(all + ["--format", "json"])
                #expect(first.code == 3, "\(first.everything)")
                let total = try #require(first.lines.last)
                #expect(total["type"]?.string == "total")
                #expect(total["instances"] == .integer(4))
                #expect(total["outcomes"] == .object(["verified": .integer(2), "refused": .integer(1)]))
                #expect(total["failures"]?.array?.map { $0["instance"]?.string } == ["nobody"])
                let dues = first.lines.filter { $0["type"]?.string == "due" }
                #expect(Set(dues.compactMap { $0["instance"]?.string }).count == 3)
                let second = await azure.run(["run", "contoso-apim", "contoso-standby", "--due", "--settings", file])
                #expect(second.code == 0, "\(second.everything)")
                #expect(second.errors.contains("Nothing of 2 instances is due; the next time is "), "\(second.errors)")
                let accepted = try await azure.accepted()
                #expect(accepted.count == 2)
            }
        }
    }

    @Test func `refuses settings with a zone that is not there, with file and line`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                schedule: {timeZone: Europe/Atlantis}
                instances: [contoso-apim]
                """
            )
            try await LocalAzure.with { azure in
                for command in [["run", "--all", "--due"], ["config", "validate"], ["schedule", "next"]] {
                    let refused = await azure.run(command + ["--settings", file])
                    #expect(refused.code == 64, "\(refused.everything)")
                    #expect(
                        refused.errors.contains("\(file):3:22: ") && refused.errors.contains("Europe/Atlantis"),
                        "\(refused.everything)"
                    )
                }
                // Who backs up now needs no zone.
                #expect(await azure.run("run", "--all", "--settings", file).code == 0)
            }
        }
    }
}
