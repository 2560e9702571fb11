import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("Drills by schedule, on the virtual clock", .narrow, .timeLimit(.minutes(3)))
struct DrillScheduleTests {
    private static func settings(_ drill: String, _ more: String = "") -> String {
        """
        version: 1
        storage: {account: contosobackups}
        inventory: names
        serve: {listen: "127.0.0.1:0"}
        instances:
          - {name: contoso-apim, schedule: {every: 1d}, drill: \(drill)}
        \(more)
        """
    }

    private static func restores(_ azure: LocalAzure) async throws -> Int {
        try await azure.accepted().count { $0["kind"]?.string == "restore" }
    }

    @Test func `one that is refused is told, and over once the next one has passed`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                _ = try folder.write("\(receiver.origin)/hook", to: "hook-url")
                let channels = "notifications: {channels: [{name: pager, type: webhook, urlFile: hook-url}]}"
                let file = try folder.write(Self.settings("{to: contoso-scratch, cron: 0 4 * * *}", channels))
                // Slow enough for a busy machine to take an inventory within its limit.
                try await LocalAzure.with(
                    world: DrillTests.world("{}").replacing(
                        #"{"instances""#,
                        with: #"{"timings": {"backupSeconds": 120, "restoreSeconds": 240}, "instances""#
                    ),
                    virtualStart: LocalAzure.sharedStart,
                    timeScale: 60
                ) { azure in
                    var azure = azure
                    azure.environment["APIM_BACKUP_INVENTORY"] = "names"
                    let due = ["run", "--all", "--due", "--settings", file, "--format", "json"]
                    let first = await azure.run(due)
                    #expect(first.lines.allSatisfy { $0["type"]?.string != "drill" }, "\(first.everything)")
                    try await azure.advance(days: 1)
                    let refused = await azure.run(due)
                    let drill = try #require(
                        refused.lines.first { $0["type"]?.string == "drill" },
                        "\(refused.everything)"
                    )
                    #expect(drill["passed"] == .boolean(false))
                    #expect(drill["error"]?["code"]?.string == "instanceUnusable")
                    #expect(refused.code == 3 || refused.code == 4, "\(refused.everything)")
                    #expect(try await Self.restores(azure) == 0)
                    let again = await azure.run(due)
                    #expect(again.lines.allSatisfy { $0["type"]?.string != "drill" }, "\(again.everything)")
                    let risk = await azure.run(["status", "--settings", file, "--format", "json"])
                    let row = risk.document?.array?.first
                    #expect(row?["verdict"]?.string == "atRisk", "\(risk.everything)")
                    #expect(row?["lastDrill"]?["passed"] == .boolean(false))
                    let id =
                        "/subscriptions/\(azure.ready.subscriptionID)/resourceGroups/rg-apim/providers/"
                        + "Microsoft.ApiManagement/service/contoso-scratch"
                    let tags = #"{"tags": {"apim-backup-scratch": "true"}}"#
                    _ = try await azure.resource(.patch, id, version: "2024-05-01", body: tags)
                    try await azure.advance(days: 1)
                    let passed = await azure.run(due)
                    let second = passed.lines.first { $0["type"]?.string == "drill" }
                    #expect(second?["passed"] == .boolean(true), "\(passed.everything)")
                    #expect(second?["compared"] == .boolean(true))
                    #expect(passed.code == 0, "\(passed.everything)")
                    let status = await azure.run(["status", "--settings", file, "--format", "json"])
                    let good = status.document?.array?.first
                    #expect(good?["verdict"]?.string == "protected", "\(status.everything)")
                    #expect(good?["recoveryTimeSeconds"]?.integer == second?["seconds"]?.integer)
                    #expect((good?["recoveryTimeSeconds"]?.integer ?? 0) > 60)
                    let table = await azure.run(["status", "--settings", file])
                    #expect(table.output.contains("RECOVERY TIME"), "\(table.output)")
                }
                let titles = receiver.deliveries(to: "/hook").map { $0.document?["data"]?["title"]?.string }
                #expect(
                    titles == [
                        "A drill did not pass: contoso-apim", "Recovered: contoso-apim has a passed drill again",
                    ]
                )
            }
        }
    }

    @Test func `a last passed drill that is too old is told`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                _ = try folder.write("\(receiver.origin)/hook", to: "hook-url")
                let channels = "notifications: {channels: [{name: pager, type: webhook, urlFile: hook-url}]}"
                // No time of the schedule comes within the test: only age makes it overdue.
                let drill = "{to: contoso-scratch, cron: 0 4 29 2 *, maxAge: 2d}"
                let file = try folder.write(Self.settings(drill, channels))
                try await LocalAzure.with(
                    world: DrillTests.world(),
                    virtualStart: LocalAzure.sharedStart,
                    timeScale: 60
                ) {
                    azure in
                    #expect(await azure.run("run", "contoso-apim", "--settings", file).code == 0)
                    let drill = await azure.run(
                        "drill",
                        "--from",
                        "contoso-apim",
                        "--to",
                        "contoso-scratch",
                        "--settings",
                        file
                    )
                    #expect(drill.code == 0, "\(drill.everything)")
                    let due = ["run", "--all", "--due", "--settings", file]
                    _ = await azure.run(due)
                    #expect(receiver.deliveries(to: "/hook").isEmpty)
                    try await azure.advance(days: 3)
                    let late = await azure.run(due)
                    let titles = receiver.deliveries(to: "/hook").map { $0.document?["data"]?["title"]?.string }
                    #expect(titles == ["No passed drill in time: contoso-apim"], "\(late.everything)")
                }
            }
        }
    }

    @Test func `a daemon that dies in the middle leaves one drill to the next one`() async throws {
        try await SettingsFolder.with { folder in
            // An hour is twelve seconds.
            let drill = "{to: contoso-scratch, cron: 0 * * * *}"
            let file = try folder.write(Self.settings(drill).replacing("every: 1d", with: "cron: 0 0 29 2 *"))
            try await LocalAzure.with(world: DrillTests.world(), virtualStart: LocalAzure.sharedStart) { azure in
                #expect(await azure.run("run", "contoso-apim", "--settings", file).code == 0)
                let first = try ProgramProcess(azure, ["serve", "--settings", file])
                try await first.line(with: "drill begins")
                try await first.line(with: "accepted by Azure")
                await first.die()
                let second = try ProgramProcess(azure, ["serve", "--settings", file])
                let passed = try await second.line(with: "drill passed", "target=contoso-scratch")
                #expect(passed.contains("instance=contoso-apim"), "\(passed)")
                second.signal(SIGTERM)
                #expect(await second.end() == 0, "\(second.log)")
                #expect(try await Self.restores(azure) == 1, "\(second.log)")
                let verified = await azure.run(["verify", "contoso-apim", "--settings", file, "--format", "json"])
                #expect(verified.output.contains(#""level" : "restored""#), "\(verified.output)")
            }
        }
    }
}
