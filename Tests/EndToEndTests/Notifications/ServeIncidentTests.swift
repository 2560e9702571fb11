import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("What serve tells people, through sockets", .timeLimit(.minutes(2)))
struct ServeIncidentTests {
    static func settings(
        _ folder: SettingsFolder,
        _ receiver: NoticeReceiver,
        _ instances: String,
        schedule: String
    ) throws -> String {
        _ = try folder.write("\(receiver.origin)/hook", to: "hook-url")
        _ = try folder.write("\(receiver.origin)/ping", to: "ping-url")
        return try folder.write(
            """
            version: 1
            storage: {account: contosobackups}
            schedule: \(schedule)
            serve: {listen: "127.0.0.1:0"}
            # It has something to say of schedules as rare as these, once it comes to look.
            doctor: {daily: false}
            notifications:
              heartbeat: {urlFile: ping-url}
              channels: [{name: pager, type: webhook, urlFile: hook-url}]
            instances: [\(instances)]
            """
        )
    }

    @Test func `a failure is told within a quarter of an hour, the monitor hears of it, and metrics say so`()
        async throws
    {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(
                    folder,
                    receiver,
                    "contoso-apim, adatum-apim",
                    schedule: "{every: 1h}"
                )
                // An hour is twelve seconds.
                try await LocalAzure.with(world: IncidentTests.failing, virtualStart: LocalAzure.sharedStart) { azure in
                    let code = try await RunningDaemon.with(azure, ["--settings", path]) { daemon in
                        let address = try await daemon.line(with: "health is answered")
                        var awaited = ["outcome=verified", "outcome=failed", "notice delivered"]
                        while !awaited.isEmpty {
                            let line = try await daemon.line(with: " ")
                            awaited.removeAll { line.contains($0) }
                        }
                        let metrics = try await RunningDaemon.text("metrics", at: address)
                        for line in [
                            "apim_backup_open_incidents{kind=\"failed\"} 1\n",
                            "apim_backup_notices_sent_total{channel=\"pager\"} 1\n",
                            "apim_backup_runs_ended_total{outcome=\"failed\"} ",
                            // What has not happened yet is 0, not absent.
                            "apim_backup_runs_ended_total{outcome=\"unknown\"} 0\n",
                            "apim_backup_notices_failed_total{channel=\"pager\"} 0\n",
                            "apim_backup_unresolved_instances 0\n",
                            "apim_backup_catalog_up{account=\"contosobackups\"} 1\n",
                            "apim_backup_channel_up{channel=\"pager\"} 1\n",
                            "apim_backup_throttle_waits_total 0\n", "apim_backup_scheduler_tick_age_seconds ",
                            "apim_backup_build_info{version=",
                        ] {
                            #expect(metrics.contains(line), "\(metrics)")
                        }
                    }
                    #expect(code == 0)
                }
                let notice = try #require(receiver.deliveries(to: "/hook").first?.document)
                #expect(notice["type"]?.string == "incident.opened")
                let incident = notice["data"]?["incident"]
                #expect(incident?["kind"]?.string == "failed")
                #expect(receiver.deliveries(to: "/hook").count == 1)
                let pings = receiver.deliveries(to: "/ping").map { $0.path.prefix { $0 != "?" } }
                #expect(pings.first == "/ping/start" && pings.contains("/ping/fail"), "\(pings)")
                let fail = receiver.deliveries(to: "/ping/fail").first
                #expect(fail?.body.contains("run ended") == true, "\(String(describing: fail))")
            }
        }
    }

    @Test func `an instance that is not there is told, and a clean one tells nobody`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver, "contoso-apim, nobody", schedule: "{cron: 0 0 29 2 *}")
                try await LocalAzure.with(virtualStart: LocalAzure.sharedStart) { azure in
                    try await RunningDaemon.with(azure, ["--settings", path]) { daemon in
                        let address = try await daemon.line(with: "health is answered")
                        _ = try await daemon.line(with: "notice delivered", "nobody")
                        let metrics = try await RunningDaemon.text("metrics", at: address)
                        #expect(metrics.contains("apim_backup_unresolved_instances 1\n"), "\(metrics)")
                    }
                }
                #expect(
                    receiver.deliveries(to: "/hook").map { $0.document?["data"]?["title"]?.string } == [
                        "Backup failed: nobody"
                    ]
                )
                #expect(receiver.deliveries(to: "/ping").isEmpty)
            }
        }
    }

    @Test func `says at the start which channel cannot be reached or used, where, and what to do`() async throws {
        try await SettingsFolder.with { folder in
            _ = try folder.write("http://127.0.0.1:1/hook", to: "closed-url")
            let path = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                schedule: {cron: 0 0 29 2 *, catchUp: none, catchUpWindow: 2d}
                serve: {listen: "127.0.0.1:0"}
                notifications:
                  channels:
                    - {name: closed, type: webhook, urlFile: closed-url}
                    - {name: unset, type: slack, urlVariable: NOBODY_SET_THIS}
                    - {name: gone, type: command, command: [/no/such/program]}
                instances: [contoso-apim]
                """
            )
            try await LocalAzure.with { azure in
                try await RunningDaemon.with(azure, ["--settings", path]) { daemon in
                    let contradiction = try await daemon.line(with: "settings to mend", "schedule.catchUpWindow")
                    #expect(contradiction.contains("\(path):3:"), "\(contradiction)")
                    let unset = try await daemon.line(with: "settings to mend", "notifications.channels[1].urlVariable")
                    #expect(unset.contains("\(path):8:"), "\(unset)")
                    let gone = try await daemon.line(with: "settings to mend", "notifications.channels[2].command")
                    #expect(gone.contains("\(path):9:"), "\(gone)")
                    let closed = try await daemon.line(with: "settings to mend", "notifications.channels[0].urlFile")
                    #expect(closed.contains("\(path):7:") && closed.contains("cannot be reached"), "\(closed)")
                    #expect(closed.contains("fix="), "\(closed)")
                }
                // What a person can do beforehand.
                let valid = await azure.run("config", "validate", "--probe", "--settings", path)
                #expect(valid.code == 0, "\(valid.everything)")
                #expect(valid.errors.contains("\(path):7:"), "\(valid.errors)")
                #expect(
                    valid.errors.contains("warning: notifications.channels[0].urlFile: the server of"),
                    "\(valid.errors)"
                )
                let quick = await azure.run("config", "validate", "--settings", path)
                #expect(!quick.errors.contains("channels[0]"), "\(quick.errors)")
            }
        }
    }
}
