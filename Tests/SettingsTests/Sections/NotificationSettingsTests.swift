import BackupDomain
import Foundation
import Settings
import Testing

@Suite("Settings of notifications, metrics and the log")
struct NotificationSettingsTests {
    @Test func `channels are read with what each needs`() throws {
        let settings = try SettingsFixture.resolve(
            body: """
                notifications:
                  reminder: 12h
                  morningAt: 07:30
                  timeZone: Europe/Berlin
                  heartbeat: {urlFile: /run/secrets/hc}
                  channels:
                    - {type: slack, urlFile: /run/secrets/slack, kinds: [failed, missed], morningLine: true}
                    - {name: pager, type: webhook, urlVariable: PAGER_URL, secretVariable: PAGER_SECRET}
                    - {type: email, endpoint: "https://c.europe.communication.azure.com", sender: a@b.com,
                       recipients: [ops@contoso.com]}
                    - {type: command, command: [/bin/tell, now], timeout: 10s}
                metrics: {textfile: /var/lib/node-exporter/apim-backup.prom}
                log: {format: json, level: debug}
                """
        ).checked()
        let notifications = settings.notifications
        #expect(notifications.channels.map(\.channelName) == ["slack", "pager", "email", "command"])
        #expect(notifications.channels[0].kinds == [.failed, .missed])
        #expect(notifications.channels[0].hasMorningLine)
        #expect(notifications.channels[3].timeout == .seconds(10))
        #expect(notifications.reminder == .seconds(43_200))
        #expect("\(notifications.morningAt)" == "07:30")
        #expect(notifications.morningAt.daily.text == "30 7 * * *")
        #expect(notifications.heartbeat.isSet)
        #expect(settings.log.format == .json)
        #expect(settings.log.level == .debug)
        #expect(settings.metrics.textfile == "/var/lib/node-exporter/apim-backup.prom")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var body: String
        var says: String
        var testDescription: String { self.body }

        init(_ body: String, _ says: String) {
            self.body = body
            self.says = says
        }

        static let channels: [Self] = [
            Self("{name: ops}", "type: nothing says what channel this is"),
            Self("{type: slack}", "urlFile: a channel of the type slack needs urlFile or urlVariable"),
            Self("{type: slak, urlFile: /x}", "'slak' is not allowed"),
            Self("{type: slack, urlFile: /x, urlVariable: X}", "urlFile and urlVariable are both given"),
            Self("{type: slack, urlFile: /x, secretFile: /y}", "secretFile: it goes with webhook only"),
            Self("{type: email, urlFile: /x}", "urlFile: it goes with webhook, slack, teams only"),
            Self("{type: email, sender: a@b, recipients: [c@d]}", "endpoint: a channel of the type email needs"),
            Self("{type: email, endpoint: \"https://c/x\", sender: a@b}", "it takes an https URL without path"),
            Self("{type: email, endpoint: \"https://c\", sender: ab, recipients: [c@d]}", "it takes an e-mail address"),
            Self("{type: command}", "command: a channel of the type command needs command"),
            Self("{type: command, command: [x], timeout: 1h}", "'1h' is out of range"),
            Self("{type: teams, urlVariable: APIM_BACKUP_TEAMS}", "not one that begins with APIM_BACKUP_"),
            Self("{type: teams, urlFile: \"https://x.com/s3cret\"}", "a URL stands here"),
            Self("{type: teams, url: \"https://x.com/s3cret\"}", "Did you mean urlFile?"),
            Self("{type: teams, urlFile: /x, kinds: [late]}", "it takes one of catalogUnreadable, failed"),
            Self("{name: heartbeat, type: teams, urlFile: /x}", "the name 'heartbeat' is taken"),
            Self(
                "{type: teams, urlFile: /x}\n    - {type: teams, urlFile: /y}",
                "there are two channels named 'teams'"
            ),
        ]
    }

    @Test(arguments: Case.channels)
    func `a channel that cannot be used is told with its place and what to do`(_ example: Case) {
        let resolution = SettingsFixture.resolve(body: "notifications:\n  channels:\n    - \(example.body)")
        let text = resolution.problems.map { "\($0)" }.joined(separator: "\n")
        #expect(text.contains(example.says), "\(text)")
        #expect(text.hasPrefix("apim-backup.yaml:"), "\(text)")
        #expect(!resolution.isUsable)
        #expect(!text.contains("s3cret"))
    }

    @Test(arguments: [
        Case("notifications: {morningAt: 25:00}", "'25:00' is no time of day; it takes hour and minute"),
        Case("notifications: {morningAt: 7:30}", "'7:30' is no time of day"),
        Case("notifications: {timeZone: ../x}", "it takes the IANA name of a time zone"),
        Case("notifications: {reminder: 31d}", "out of range"),
        Case("notifications: {heartbeat: {url: \"https://hc-ping.com/s3cret\"}}", "a secret must not stand here"),
        Case("metrics: {textfile: metrics.prom}", "it takes the absolute path of a file that ends in .prom"),
        Case("log: {format: xml}", "it takes one of text, json"), Case("log: {level: loud}", "it takes one of trace"),
    ])
    func `a value that breaks a rule is told`(_ example: Case) {
        let resolution = SettingsFixture.resolve(body: example.body)
        let text = resolution.problems.map { "\($0)" }.joined(separator: "\n")
        #expect(text.contains(example.says), "\(text)")
        #expect(!resolution.isUsable)
        #expect(!text.contains("s3cret"))
    }

    @Test func `the ping URL comes from its variable or its file, not from both`() throws {
        let variables = ["APIM_BACKUP_NOTIFICATIONS_HEARTBEAT_URL": "https://hc-ping.com/s3cret"]
        let settings = try SettingsFixture.resolve(variables: variables).checked()
        #expect(settings.notifications.heartbeat.url?.reveal() == "https://hc-ping.com/s3cret")
        #expect(!SettingsOutline(settings).lines.joined().contains("s3cret"))
        let both = SettingsFixture.resolve(body: "notifications: {heartbeat: {urlFile: /x}}", variables: variables)
        #expect(both.problems.map(\.what) == ["the ping URL is given by a variable too"])
    }
}
