import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("Incidents of run, through sockets", .timeLimit(.minutes(3)))
struct IncidentTests {
    /// A settings file with one webhook.
    static func settings(
        _ folder: SettingsFolder,
        _ receiver: NoticeReceiver,
        _ body: String = "instances: [contoso-apim]",
        channel: String = ""
    ) throws -> String {
        _ = try folder.write("\(receiver.origin)/hook", to: "hook-url")
        return try folder.write(
            """
            version: 1
            storage: {account: contosobackups}
            notifications:
              channels:
                - {name: pager, type: webhook, urlFile: hook-url\(channel)}
            \(body)
            """
        )
    }

    /// An instance whose backups fail, until the fault is lifted.
    static let failing = """
        {"instances": [{"name": "adatum-apim", "tier": "Developer", "resourceGroup": "rg-apim",
                        "backupFailure": {"code": "BackupFailed", "message": "The storage account is full."}}],
         "roleAssignments": [{"principal": "instance:adatum-apim", "role": "Storage Blob Data Contributor",
                              "scope": "storageAccount:contosobackups"}]}
        """

    @Test func `a failure is told once with what Azure said, and a clean run tells nobody`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver, "instances: [contoso-apim, adatum-apim]")
                try await LocalAzure.with(world: Self.failing) { azure in
                    let first = await azure.run("run", "--all", "--settings", path)
                    #expect(first.code == 3, "\(first.everything)")
                    #expect(first.errors.contains("Told pager: Backup failed: adatum-apim"), "\(first.errors)")
                    let notice = try #require(receiver.deliveries.first?.document)
                    #expect(notice["type"]?.string == "incident.opened")
                    #expect(notice["data"]?["incident"]?["kind"]?.string == "failed")
                    #expect(notice["data"]?["instances"]?.array?.map { $0["name"]?.string } == ["adatum-apim"])
                    #expect(notice["data"]?["text"]?.string?.contains("The storage account is full.") == true)
                    let again = await azure.run("run", "--all", "--settings", path)
                    #expect(!again.errors.contains("Told"), "\(again.errors)")
                    let clean = await azure.run("run", "contoso-apim", "--settings", path)
                    #expect(!clean.errors.contains("Told"), "\(clean.errors)")
                    #expect(receiver.deliveries.count == 1)
                }
            }
        }
    }

    @Test func `what cannot be delivered is told by a later run, and changes no exit code`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver, "instances: [adatum-apim]")
                receiver.answer(404)
                // A minute by this clock is a fifth of a second.
                try await LocalAzure.with(world: Self.failing, virtualStart: LocalAzure.sharedStart) { azure in
                    let first = await azure.run("run", "--all", "--settings", path)
                    #expect(first.code == 1, "\(first.everything)")
                    #expect(
                        first.errors.contains("The channel 'pager' at \(receiver.origin) answered 404"),
                        "\(first.errors)"
                    )
                    #expect(first.errors.contains("The next run tries again."))
                    let status = await azure.run("status", "--settings", path)
                    #expect(status.errors.contains("The channel 'pager' has taken nothing since "), "\(status.errors)")
                    #expect(status.errors.contains("; 1 notice waits. The channel 'pager' at "), "\(status.errors)")
                    receiver.answer(200)
                    let second = await azure.run("run", "--all", "--settings", path)
                    #expect(second.errors.contains("Told pager: Backup failed: adatum-apim"), "\(second.errors)")
                    let later = await azure.run("status", "--settings", path)
                    #expect(!later.errors.contains("channel"), "\(later.errors)")
                    let ids = receiver.deliveries.map { $0.document?["id"]?.string }
                    #expect(ids.count == 2 && Set(ids).count == 1)
                }
            }
        }
    }

    @Test func `an instance that is not there is told by run --due`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver, "instances: [nobody]\nschedule: {cron: 0 0 29 2 *}")
                try await LocalAzure.with { azure in
                    let due = await azure.run("run", "--all", "--due", "--settings", path)
                    #expect(due.code == 4, "\(due.everything)")
                    let notice = try #require(receiver.deliveries.first?.document)
                    #expect(notice["data"]?["incident"]?["cause"]?["code"]?.string == "instanceNotFound")
                    #expect(notice["data"]?["title"]?.string == "Backup failed: nobody")
                    #expect(notice["data"]?["error"]?["remedy"]?.string?.hasPrefix("Check the name") == true)
                }
            }
        }
    }

    @Test func `a secret that has expired is told by run --due and by serve, which then cannot even find the account`()
        async throws
    {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let body =
                    "serve: {listen: none}\ndoctor: {daily: false}\ninstances: [contoso-apim]\nschedule: {cron: 0 0 29 2 *}"
                let path = try Self.settings(folder, receiver, body)
                try await LocalAzure.with(virtualStart: LocalAzure.sharedStart) { azure in
                    var expired = azure
                    // As on any machine but this one, the account's endpoint is what Azure says it is.
                    expired.environment["APIM_BACKUP_BLOB_ENDPOINT"] = nil
                    expired.environment["XDG_STATE_HOME"] = folder.path
                    expired.environment["AZURE_TOKEN_CREDENTIALS"] = "EnvironmentCredential"
                    expired.environment["AZURE_CLIENT_ID"] = azure.ready.clientID
                    expired.environment["AZURE_CLIENT_SECRET"] = "expired"
                    let due = await expired.run("run", "--all", "--due", "--settings", path)
                    #expect(due.code != 0)
                    #expect(due.errors.contains("Told pager: Backup failed: contoso-apim"), "\(due.everything)")
                    let notice = try #require(receiver.deliveries.first?.document)
                    #expect(notice["data"]?["incident"]?["cause"]?["code"]?.string == "credentialRejected")
                    #expect(notice["data"]?["error"]?["remedy"]?.string?.isEmpty == false)
                    // What was told is known to the next one, and its end is told when all is well.
                    let again = await expired.run("run", "--all", "--due", "--settings", path)
                    #expect(!again.errors.contains("Told pager"), "\(again.errors)")
                    #expect(again.errors.contains("this machine alone remembers it"), "\(again.errors)")
                    var well = azure
                    well.environment["XDG_STATE_HOME"] = folder.path
                    let recovered = await well.run("run", "--all", "--due", "--settings", path)
                    let told = receiver.deliveries.map { $0.document?["type"]?.string }
                    #expect(told == ["incident.opened", "incident.recovered"], "\(recovered.errors)")
                    expired.environment["XDG_STATE_HOME"] = nil
                    try await RunningDaemon.with(expired, ["--settings", path]) { daemon in
                        _ = try await daemon.line(with: "notice delivered", "Backup failed: contoso-apim")
                    }
                }
            }
        }
    }

    @Test func `what goes on is told again after the reminder's time, and its end once`() async throws {
        // The first two backups are refused.
        let faults = """
            [{"method": "POST", "path": "*/backup", "times": 2, "status": 403, "code": "AuthorizationFailed",
              "message": "The client does not have authorization."}]
            """
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver)
                try await LocalAzure.with(faults: faults, virtualStart: LocalAzure.sharedStart) { azure in
                    var azure = azure
                    // Ended programs of a quick machine lie less than a minute of this clock apart.
                    azure.environment["APIM_BACKUP_NOTIFICATIONS_REMINDER"] = "1s"
                    for _ in 1...4 { _ = await azure.run("run", "contoso-apim", "--settings", path) }
                    let events = receiver.deliveries.map { $0.document?["type"]?.string ?? "" }
                    #expect(events == ["incident.opened", "incident.reminder", "incident.recovered"])
                    let end = try #require(receiver.deliveries.last?.document)
                    #expect(end["data"]?["severity"]?.string == "resolved")
                }
            }
        }
    }

    @Test func `fifty instances that fail for one reason are one incident, and one notice`() async throws {
        let names = (1...50).map { "fleet-\($0)" }
        let instances = names.map { name in
            #"{"name": "\#(name)", "tier": "Developer", "resourceGroup": "rg-apim"}"#
        }
        let world = #"{"instances": [\#(instances.joined(separator: ","))]}"#
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(
                    folder,
                    receiver,
                    "width: 16\ninstances: [\(names.joined(separator: ", "))]"
                )
                // None of them may write into the account.
                try await LocalAzure.with(world: world) { azure in
                    let run = await azure.run("run", "--all", "--settings", path)
                    #expect(run.code != 0)
                    #expect(receiver.deliveries.count == 1, "\(receiver.deliveries.map(\.body))")
                    let incident = receiver.deliveries.first?.document?["data"]?["incident"]
                    #expect(incident?["instances"] == .integer(50), "\(run.errors.suffix(2000))")
                }
            }
        }
    }
}
