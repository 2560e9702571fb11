import AzureClient
import BackupDomain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Notifications

@Suite("What channels send")
struct ChannelMessageTests {
    static let url = "https://hooks.example.com/services/T0000/B0000/abcdefghijkl"

    /// Sends a notice and takes the request.
    static func request(
        _ notice: Notice,
        _ channel: (SecretURL, NoticePoster) throws -> any NoticeChannel
    ) async throws -> HTTPExchangeRequest {
        let transport = ScriptedTransport([.success(HTTPExchangeResponse(status: 200))])
        try await channel(SecretURL(self.url, for: "a test"), Notices.poster(transport)).send(notice)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == self.url)
        #expect(request.fields[.contentType] == "application/json")
        #expect(request.fields[.userAgent] == "apim-backup/0.1.0")
        #expect(request.fields[text: "x-ms-client-request-id"] == nil)
        return request
    }

    @Test(arguments: Notices.all)
    func `to a webhook is JSON, signed`(_ name: String, _ notice: Notice) async throws {
        let secret = Secret("whsec_" + Data("0123456789abcdef0123456789abcdef".utf8).base64EncodedString())
        let request = try await Self.request(notice) { url, poster in
            try WebhookChannel(
                name: "hook",
                url: url,
                signature: WebhookSignature(secret, channel: "hook"),
                poster: poster
            )
        }
        #expect(request.fields[text: "webhook-id"] == notice.id)
        let document = JSONValue.object([
            "webhook-id": .string(notice.id),
            "webhook-timestamp": .string(request.fields[text: "webhook-timestamp"] ?? ""),
            "webhook-signature": .string(request.fields[text: "webhook-signature"] ?? ""),
            "body": .string(String(decoding: request.body, as: UTF8.self)),
        ])
        try Golden.expect(JSONEncoder.stable().encode(document), matches: "webhook-signed-\(name)")
        try Golden.expect(request.body, matches: "webhook-\(name)")
    }

    @Test(arguments: Notices.all)
    func `to Slack is a message of blocks`(_ name: String, _ notice: Notice) async throws {
        let request = try await Self.request(notice) { ChatChannel(name: "slack", chat: .slack, url: $0, poster: $1) }
        try Golden.expect(request.body, matches: "slack-\(name)")
    }

    @Test(arguments: Notices.all)
    func `to Teams is an adaptive card`(_ name: String, _ notice: Notice) async throws {
        let request = try await Self.request(notice) { ChatChannel(name: "teams", chat: .teams, url: $0, poster: $1) }
        #expect(request.body.count < 28_000)
        try Golden.expect(request.body, matches: "teams-\(name)")
    }

    @Test func `stays within the vendors' limits however long it is`() async throws {
        var notice = Notices.many
        let long = String(repeating: "x_*<&>", count: 20_000)
        notice.lines = notice.lines.map { line in
            Notice.Line(name: String(long.prefix(200)), key: line.key, text: long, run: line.run)
        }
        notice.error = BackupError(.azureError, long, remedy: long)
        let slack = try await Self.request(notice) { ChatChannel(name: "slack", chat: .slack, url: $0, poster: $1) }
        let blocks = try #require(JSONDecoder.stable().decode(JSONValue.self, from: slack.body)["blocks"]?.array)
        #expect(blocks.allSatisfy { $0["text"]?["text"]?.string?.utf16.count ?? 0 <= 3000 })
        #expect(blocks.first?["text"]?["text"]?.string?.utf16.count ?? 0 <= 150)
        let teams = try await Self.request(notice) { ChatChannel(name: "teams", chat: .teams, url: $0, poster: $1) }
        #expect(teams.body.count < 28_000, "\(teams.body.count) bytes")
    }

    @Test(arguments: Notices.all)
    func `to a mailbox is a text`(_ name: String, _ notice: Notice) async throws {
        let clock = ManualClock(sleeping: .advances)
        let transport = ScriptedTransport([
            .success(HTTPExchangeResponse(status: 202, body: Data(#"{"id":"1","status":"Succeeded"}"#.utf8)))
        ])
        let service = try EmailServiceClient(
            endpoint: #require(URL(string: "https://contoso.europe.communication.azure.com")),
            tokens: TokenCache(FixedCredential(), clock: clock),
            transport: transport,
            clock: clock,
            random: RandomSource(Notices.Steady())
        )
        let channel = EmailChannel(
            name: "mail",
            service: service,
            sender: "DoNotReply@contoso.com",
            recipients: ["ops@contoso.com", "lead@contoso.com"]
        )
        try await channel.send(notice)
        try await channel.send(notice)
        let requests = transport.requests
        #expect(
            requests.map { $0.fields[text: "Operation-Id"] }.count { $0 == requests[0].fields[text: "Operation-Id"] }
                == 2
        )
        let document = JSONValue.object([
            "method": .string(requests[0].method.rawValue),
            "url": .string(requests[0].url.absoluteString),
            "operationId": .string(requests[0].fields[text: "Operation-Id"] ?? ""),
            "contentType": .string(requests[0].fields[.contentType] ?? ""),
            "authorization": .string(requests[0].fields[.authorization] ?? ""),
            "body": try JSONDecoder.stable().decode(JSONValue.self, from: requests[0].body),
        ])
        try Golden.expect(JSONEncoder.stable().encode(document), matches: "email-\(name)")
    }

    struct FixedCredential: TokenCredential {
        let name = "fixed"
        func token(for audience: String) async throws -> AccessToken {
            AccessToken(secret: Secret("token-for-\(audience)"), expiresAt: Notices.night + 86_400 * 365)
        }
    }
}
