import BackupDomain
import Foundation
import Testing

@Suite("notify test, through sockets", .timeLimit(.minutes(2)))
struct NotifyTestTests {
    static let secret = "whsec_bm90LWEtc2VjcmV0LWJ1dC1sb25nLWVub3VnaC0x"

    /// A settings file with a channel of each kind that this machine can receive, and a heartbeat.
    static func settings(_ folder: SettingsFolder, _ receiver: NoticeReceiver) throws -> String {
        for name in ["webhook", "slack", "teams", "heartbeat"] {
            _ = try folder.write("\(receiver.origin)/\(name)/a-secret-path\n", to: "\(name)-url")
        }
        _ = try folder.write(Self.secret, to: "webhook-secret")
        return try folder.write(
            """
            version: 1
            storage: {account: contosobackups}
            notifications:
              heartbeat: {urlFile: heartbeat-url}
              channels:
                - {type: webhook, urlFile: webhook-url, secretFile: webhook-secret}
                - {name: ops, type: slack, urlFile: slack-url}
                - {type: teams, urlFile: teams-url}
                - {name: hook, type: command, command: [tee, "\(folder.path)/taken.json"]}
            """
        )
    }

    @Test func `every channel gets a test in its own form, and the monitor a line for its log`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver)
                try await LocalAzure.with { azure in
                    let test = await azure.run("notify", "test", "--settings", path)
                    #expect(test.code == 0, "\(test.everything)")
                    for name in ["webhook", "ops", "teams", "hook", "heartbeat"] {
                        let line = try Regex("\(name) +[a-z]+ +delivered\n")
                        #expect(test.output.contains(line), "\(test.output)")
                    }
                    #expect(!test.everything.contains("a-secret-path"))
                }
                let webhook = try #require(receiver.deliveries(to: "/webhook").first)
                #expect(webhook.document?["type"]?.string == "test")
                #expect(webhook.headers["webhook-signature"]?.hasPrefix("v1,") == true)
                #expect(webhook.headers["x-ms-client-request-id"] == nil)
                #expect(receiver.deliveries(to: "/slack").first?.document?["blocks"] != nil)
                #expect(receiver.deliveries(to: "/teams").first?.document?["attachments"] != nil)
                #expect(receiver.deliveries(to: "/heartbeat").map(\.path) == ["/heartbeat/a-secret-path/log"])
                let taken = try String(contentsOfFile: "\(folder.path)/taken.json", encoding: .utf8)
                #expect(taken.contains(#""type":"test""#))
            }
        }
    }

    @Test func `one that is refused is told with its reason and without its secret, and stops no other`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver)
                try await LocalAzure.with { azure in
                    receiver.answer(404)
                    let test = await azure.run("notify", "test", "--settings", path)
                    #expect(test.code == 3, "\(test.everything)")
                    #expect(test.output.contains(/hook +command +delivered/))
                    #expect(test.output.contains(/ops +slack +not delivered/))
                    #expect(test.errors.contains("The channel 'ops' at \(receiver.origin) answered 404"))
                    #expect(test.errors.contains("What to do: Its URL is not"))
                    #expect(!test.everything.contains("a-secret-path"))
                    let one = await azure.run("notify", "test", "ops", "--settings", path, "--format", "json")
                    #expect(one.code == 1)
                    let row = try #require(one.document?.array?.first)
                    #expect(row["channel"]?.string == "ops")
                    #expect(row["delivered"] == .boolean(false))
                    #expect(row["error"]?["code"]?.string == "noticeNotDelivered")
                    let heartbeat = await azure.run("notify", "test", "heartbeat", "--settings", path, "--quiet")
                    #expect(heartbeat.output == "heartbeat\n")
                }
            }
        }
    }

    @Test func `what cannot be used is named with what to do`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver)
                try await LocalAzure.with { azure in
                    let unknown = await azure.run("notify", "test", "pager", "--settings", path)
                    #expect(unknown.code == 64)
                    #expect(
                        unknown.errors.contains("There are: webhook, ops, teams, hook, heartbeat."),
                        "\(unknown.errors)"
                    )
                    let none = await azure.run("notify", "test")
                    #expect(none.code == 64)
                    #expect(none.errors.contains("The settings name no channel"), "\(none.errors)")
                    _ = try folder.write("http://hooks.example.com/a-secret-path", to: "slack-url")
                    _ = try folder.write("\(receiver.origin)/x", to: "teams-url", mode: 0o644)
                    let broken = await azure.run("notify", "test", "--settings", path)
                    #expect(broken.code == 3)
                    #expect(
                        broken.errors.contains("The URL of the channel 'ops' at http://hooks.example.com is not https")
                    )
                    #expect(broken.errors.contains("Everybody on this machine can read \(folder.path)/teams-url"))
                    #expect(!broken.everything.contains("a-secret-path"))
                    let validate = await azure.run("config", "validate", "--settings", path)
                    #expect(validate.code == 64, "\(validate.everything)")
                    #expect(validate.errors.contains("apim-backup.yaml:7:41: error: notifications.channels[1].urlFile"))
                    #expect(validate.errors.contains("apim-backup.yaml:8:30: error: notifications.channels[2].urlFile"))
                    #expect(!validate.everything.contains("a-secret-path"))
                }
            }
        }
    }
}
