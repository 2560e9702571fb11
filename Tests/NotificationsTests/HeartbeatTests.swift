import AzureClient
import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import Notifications

@Suite("The heartbeat")
struct HeartbeatTests {
    static let run = RunID(instance: .sample(named: "contoso-apim"), nominalAt: Notices.night)

    static func request(
        _ signal: Heartbeat.Signal,
        _ url: String,
        log: [String] = []
    ) async throws -> HTTPExchangeRequest {
        let transport = ScriptedTransport([.success(HTTPExchangeResponse(status: 200))])
        let heartbeat = Heartbeat(url: try SecretURL(url, for: "the heartbeat"), poster: Notices.poster(transport))
        try await heartbeat.send(signal, run: self.run, log: log)
        return try #require(transport.requests.first)
    }

    @Test(arguments: [
        (Heartbeat.Signal.start, "https://hc-ping.com/5bf66975", "https://hc-ping.com/5bf66975/start?rid="),
        (.log, "https://hc-ping.com/5bf66975", "https://hc-ping.com/5bf66975/log?rid="),
        (.success, "https://hc-ping.com/5bf66975", "https://hc-ping.com/5bf66975?rid="),
        (.fail, "https://hc-ping.com/5bf66975/", "https://hc-ping.com/5bf66975/fail?rid="),
        (
            .fail, "https://hc.example.com/ping/key/apim?create=1",
            "https://hc.example.com/ping/key/apim/fail?create=1&rid="
        ),
    ])
    func `tells the monitor what happened, with the run's id`(
        _ signal: Heartbeat.Signal,
        _ url: String,
        _ expected: String
    ) async throws {
        let request = try await Self.request(signal, url, log: ["one", "two sig=abc"])
        #expect(request.url.absoluteString == expected + Self.run.text)
        #expect(String(decoding: request.body, as: UTF8.self) == "one\ntwo sig=<secret>")
    }

    @Test func `sends the end of a long log`() async throws {
        let log = (0..<2000).map { "line \($0) ü" }
        let body = try await Self.request(.fail, "https://hc-ping.com/5bf66975", log: log).body
        #expect(body.count <= 10_002)
        #expect(String(decoding: body, as: UTF8.self).hasSuffix("line 1999 ü"))
    }
}
