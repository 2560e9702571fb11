import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("serve", .timeLimit(.minutes(2)))
struct ServeTests {
    static let every = DueTests.interval.option

    private static func settings(_ more: String = "", instances: String = "[contoso-apim]") -> String {
        """
        version: 1
        storage: {account: contosobackups}
        schedule: {every: \(Self.every)}
        serve: {listen: "127.0.0.1:0"}
        instances: \(instances)
        \(more)
        """
    }

    @Test func `makes what is due, says live and ready, and stops when it is told to`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(Self.settings())
            try await LocalAzure.with { azure in
                let code = try await RunningDaemon.with(azure, ["--settings", file]) { daemon in
                    let address = try await daemon.line(with: "health is answered")
                    _ = try await daemon.line(with: "run ended", "outcome=verified", "contoso-apim")
                    let live = try await RunningDaemon.page("livez", at: address)
                    #expect(live["live"] == .boolean(true))
                    let ready = try await RunningDaemon.page("readyz", at: address)
                    #expect(ready["ready"] == .boolean(true), "\(ready)")
                    #expect(ready["nextAt"]?.string == (DueTests.interval.newest + DueTests.interval.seconds).iso8601)
                }
                #expect(code == 0)
                let accepted = try await azure.accepted()
                #expect(accepted.count == 1)
                // What is done is not done again.
                let due = await azure.run("run", "--all", "--due", "--settings", file)
                #expect(due.errors.contains("Nothing of 1 instances is due"), "\(due.everything)")
            }
        }
    }

    @Test func `leaves a run to be taken up, also one that no schedule ordered`() async throws {
        try await SettingsFolder.with { folder in
            let fabrikam = "{name: fabrikam-apim, schedule: {cron: 0 0 29 2 *}}"
            let file = try folder.write(Self.settings(instances: "[contoso-apim, \(fabrikam)]"))
            // Neither may end before the first daemon is gone.
            try await LocalAzure.with(world: #"{"timings": {"backupSeconds": 15000}}"#) { azure in
                #expect(await azure.backUp("fabrikam-apim", "--no-wait").code == 0)
                try await RunningDaemon.with(azure, ["--settings", file]) { daemon in
                    _ = try await daemon.line(with: "accepted by Azure", "instance=contoso-apim")
                }
                try await RunningDaemon.with(azure, ["--settings", file]) { daemon in
                    var ended: Set<Substring> = []
                    while ended.count < 2 {
                        let line = try await daemon.line(with: "run ended", "outcome=verified")
                        ended.insert(line.contains("contoso-apim") ? "contoso" : "fabrikam")
                    }
                }
                let accepted = try await azure.accepted()
                #expect(accepted.count == 2)
            }
        }
    }

    @Test func `reads changed settings on request, and keeps the former ones where they are wrong`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(Self.settings())
            try await LocalAzure.with { azure in
                try await RunningDaemon.with(azure, ["--settings", file]) { daemon in
                    let address = try await daemon.line(with: "health is answered")
                    _ = try await daemon.line(with: "run ended")
                    _ = try folder.write(Self.settings("colour: red"))
                    daemon.readSettingsAgain()
                    let refused = try await daemon.line(with: "changed settings refused")
                    #expect(refused.contains("\(file):6:1: colour: there is no such key"), "\(refused)")
                    let kept = try await RunningDaemon.page("readyz", at: address)
                    #expect(kept["ready"] == .boolean(true), "\(kept)")
                    #expect(kept["settings"]?["refused"]?.string?.contains("colour") == true, "\(kept)")
                    _ = try folder.write(Self.settings(instances: "[contoso-apim, fabrikam-apim, nobody]"))
                    daemon.readSettingsAgain()
                    _ = try await daemon.line(with: "run ended", "outcome=verified", "fabrikam-apim")
                    let changed = try await RunningDaemon.page("readyz", at: address)
                    #expect(changed["instances"] == .integer(3))
                    #expect(changed["ready"] == .boolean(false))
                    #expect(changed["unresolved"]?.array?.map { $0["instance"]?.string } == ["nobody"])
                }
                let accepted = try await azure.accepted()
                #expect(accepted.count == 2)
            }
        }
    }

    @Test func `two of them are one`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(Self.settings(instances: "[contoso-apim, fabrikam-apim]"))
            try await LocalAzure.with { azure in
                let list = ["list", "--settings", file, "--format", "json"]
                try await RunningDaemon.with(azure, ["--settings", file]) { _ in
                    try await RunningDaemon.with(azure, ["--settings", file]) { _ in
                        var verified = 0
                        while verified < 2 {
                            let listed = await azure.run(list).document?.array ?? []
                            verified = listed.count { $0["state"]?.string == "verified" }
                        }
                    }
                }
                let accepted = try await azure.accepted()
                #expect(accepted.count == 2)
            }
        }
    }

    @Test func `goes on where a time zone vanishes, says so, and refuses settings that name it`() async throws {
        try await SettingsFolder.with { folder in
            // A zone file without changes, by the clocks of universal time.
            let block = Data("TZif2".utf8) + Data(count: 15) + [0, 0, 0, 0, 1, 4].flatMap { [0, 0, 0, $0] as [UInt8] }
            let zone = block + [0, 0, 0, 0, 0, 0] + Data("LMT\0".utf8)
            let path = try folder.write("", to: "Here")
            try (zone + zone + Data("\nLMT0\n".utf8)).write(to: URL(filePath: path))
            let file = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                schedule: {cron: "*/15 * * * *", timeZone: Here}
                serve: {listen: "127.0.0.1:0"}
                doctor: {daily: false}
                instances: [contoso-apim]
                """
            )
            try await LocalAzure.with(virtualStart: LocalAzure.sharedStart) { azure in
                let variables = ["TZDIR": folder.path]
                let code = try await RunningDaemon.with(azure, ["--settings", file], variables: variables) { daemon in
                    _ = try await daemon.line(with: "settings in force")
                    try FileManager.default.removeItem(atPath: path)
                    let told = try await daemon.line(with: "settings to mend", "schedule.timeZone")
                    #expect(told.contains("\(file):3:") && told.contains("no time zone 'Here'"), "\(told)")
                    _ = try await daemon.line(with: "run begins")
                    _ = try await daemon.line(with: "run ended", "outcome=verified")
                    daemon.readSettingsAgain()
                    _ = try await daemon.line(with: "changed settings refused", "no time zone 'Here'")
                }
                #expect(code == 0)
            }
        }
    }

    @Test func `does not begin where nothing can listen, or a zone is not there`() async throws {
        try await SettingsFolder.with { folder in
            let file = try folder.write(Self.settings())
            try await LocalAzure.with { azure in
                let port = try #require(URL(string: azure.ready.admin)?.port)
                let taken = await azure.run("serve", "--settings", file, "--listen", "127.0.0.1:\(port)")
                #expect(taken.code == 64, "\(taken.everything)")
                #expect(taken.errors.contains("Nothing can listen on 127.0.0.1:\(port)"), "\(taken.everything)")
                let lost = try folder.write(Self.settings().replacing("every: \(Self.every)", with: "timeZone: A/B"))
                let refused = await azure.run("serve", "--settings", lost)
                #expect(refused.code == 64)
                #expect(refused.errors.contains("\(lost):3:22: "), "\(refused.everything)")
            }
        }
    }
}
