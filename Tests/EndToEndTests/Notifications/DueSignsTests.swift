import BackupDomain
import Foundation
import Testing

@Suite("Signs of life and metrics of run --due, through sockets", .timeLimit(.minutes(2)))
struct DueSignsTests {
    static func settings(_ folder: SettingsFolder, _ receiver: NoticeReceiver, _ instances: String) throws -> String {
        _ = try folder.write("\(receiver.origin)/ping/uuid", to: "heartbeat-url")
        return try folder.write(
            """
            version: 1
            storage: {account: contosobackups}
            schedule: {every: \(DueTests.interval.option)}
            notifications: {heartbeat: {urlFile: heartbeat-url}}
            metrics: {textfile: \(folder.path)/apim-backup.prom}
            instances: [\(instances)]
            """
        )
    }

    @Test func `the monitor hears of the beginning and of the end of what was due, once, and metrics are written`()
        async throws
    {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver, "contoso-apim, fabrikam-apim")
                try await LocalAzure.with { azure in
                    let all = ["run", "--all", "--due", "--settings", path]
                    let first = await azure.run(all)
                    #expect(first.code == 0, "\(first.everything)")
                    let paths = receiver.deliveries.map(\.path)
                    #expect(paths.count == 2)
                    #expect(paths[0].hasPrefix("/ping/uuid/start?rid="))
                    #expect(paths[1] == paths[0].replacing("/start", with: ""))
                    let page = try String(contentsOfFile: "\(folder.path)/apim-backup.prom", encoding: .utf8)
                    #expect(
                        page.contains(/apim_backup_protected\{apim="contoso-apim",apim_key="[a-z0-9-]+"\} 1\n/),
                        "\(page)"
                    )
                    #expect(page.contains(/apim_backup_protected\{apim="fabrikam-apim",apim_key="[a-z0-9-]+"\} 1\n/))
                    #expect(page.contains("apim_backup_catalog_up{account=\"contosobackups\"} 1\n"))
                    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/apim-backup.prom")
                    #expect(attributes[.posixPermissions] as? Int == 0o644)
                    // Nothing is due: nobody hears anything.
                    #expect(await azure.run(all).code == 0)
                    #expect(receiver.deliveries.count == 2)
                }
            }
        }
    }

    @Test func `the monitor hears of a failure, and a monitor that does not answer holds up nothing`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver, "contoso-apim, nobody")
                try await LocalAzure.with { azure in
                    let due = await azure.run("run", "--all", "--due", "--settings", path)
                    #expect(due.code == 3, "\(due.everything)")
                    let signals = receiver.deliveries.map { $0.path.prefix { $0 != "?" } }
                    #expect(signals == ["/ping/uuid/start", "/ping/uuid/fail"])
                }
                receiver.answer(404)
                _ = try folder.write("nonsense", to: "apim-backup.prom")
                try await LocalAzure.with { azure in
                    let due = await azure.run("run", "contoso-apim", "--due", "--settings", path)
                    #expect(due.code == 0, "\(due.everything)")
                    #expect(due.errors.contains("warning: The heartbeat's monitor could not be told"), "\(due.errors)")
                    let status = await azure.run("status", "--settings", path)
                    let warning = "warning: The heartbeat's monitor has heard nothing since"
                    #expect(status.errors.contains(warning), "\(status.errors)")
                }
                // Of one of several instances no page is made: the others would be gone from it.
                let page = try String(contentsOfFile: "\(folder.path)/apim-backup.prom", encoding: .utf8)
                #expect(page == "nonsense")
            }
        }
    }
}
