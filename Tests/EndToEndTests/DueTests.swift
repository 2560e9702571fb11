import BackupDomain
import Foundation
import Testing

@Suite("run --due", .timeLimit(.minutes(2)))
struct DueTests {
    /// An interval whose newest time was a moment ago and whose next one is days away, whenever the test runs.
    private static let interval: (option: String, newest: Date) = {
        let now = Int(Date().timeIntervalSince1970)
        let parts = (2000...4000).min { now % (now / $0) < now % (now / $1) } ?? 2000
        let seconds = now / parts
        return ("\(seconds)s", Date(timeIntervalSince1970: Double(now / seconds * seconds)))
    }()

    private static func due(_ azure: LocalAzure, _ options: String...) async -> LocalAzure.Invocation {
        let common = ["run", "contoso-apim", "--due", "--storage-account", "contosobackups", "--format", "json"]
        return await azure.run(common + options)
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
            let history = await azure.run(
                ["schedule", "history", "contoso-apim", "--storage-account", "contosobackups", "--format", "json"]
            )
            #expect(history.document?.array?.map { $0["outcome"]?.string } == ["verified"])
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
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
            let accepted = try await azure.accepted()
            #expect(accepted.isEmpty)
            let history = await azure.run(
                ["schedule", "history", "contoso-apim", "--storage-account", "contosobackups", "--format", "json"]
            )
            #expect(history.document?.array?.map { $0["outcome"]?.string } == ["skipped"])
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
}
