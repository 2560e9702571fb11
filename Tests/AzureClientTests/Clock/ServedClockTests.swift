import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@testable import AzureClient

@Suite(.timeLimit(.minutes(1)))
struct ServedClockTests {
    static let url = "http://127.0.0.1:9999/clock"

    static func served(_ now: String, _ scale: String) -> HTTPExchangeResponse {
        .text(200, #"{"now":"\#(now)","scale":\#(scale)}"#)
    }

    @Test func `instants and uptime run faster, sleeps are shorter`() async throws {
        let base = ManualClock(now: Fixture.now, sleeping: .advances)
        let transport = ScriptedTransport([.success(Self.served("2026-01-01T00:00:00Z", "60"))])
        let clock = try await ServedClock.follow(Self.url, transport: transport, base: base)
        #expect(clock.now.iso8601 == "2026-01-01T00:00:00Z")
        base.advance(by: .milliseconds(500))
        #expect(clock.now.iso8601 == "2026-01-01T00:00:30Z")
        #expect(clock.uptime == .seconds(30))
        try await clock.sleep(for: .seconds(24))
        #expect(base.slept == [.milliseconds(400)])
        #expect(clock.now.iso8601 == "2026-01-01T00:00:54Z")
        #expect(transport.requests.count == 1)
    }

    @Test func `the clock is read again after a minute, and uptime never runs back`() async throws {
        let base = ManualClock(now: Fixture.now, sleeping: .advances)
        let transport = ScriptedTransport([
            .success(Self.served("2026-01-01T00:00:00Z", "60")), .success(Self.served("2025-12-31T23:00:00Z", "60")),
        ])
        let clock = try await ServedClock.follow(Self.url, transport: transport, base: base)
        let before = clock.uptime
        try await clock.sleep(for: .seconds(61 * 60))
        #expect(clock.now.iso8601 == "2025-12-31T23:00:00Z")
        #expect(clock.uptime > before)
        #expect(clock.uptime == .seconds(61 * 60))
    }

    @Test func `the clock is read again after a minute by itself, but not five times a second`() async throws {
        let base = ManualClock(now: Fixture.now, sleeping: .advances)
        let transport = ScriptedTransport([
            .success(Self.served("2026-01-01T00:00:00Z", "600")), .success(Self.served("2026-01-02T00:00:00Z", "600")),
        ])
        let clock = try await ServedClock.follow(Self.url, transport: transport, base: base)
        // A tenth of a real second.
        try await clock.sleep(for: .seconds(61))
        #expect(transport.requests.count == 1)
        try await clock.sleep(for: .seconds(61))
        #expect(transport.requests.count == 2)
        #expect(clock.now.iso8601 == "2026-01-02T00:00:00Z")
        #expect(clock.uptime == .seconds(122))
    }

    @Test(arguments: ["http://clock.example/", "https://10.0.0.1/", "nonsense", ""])
    func followsThisMachineOnly(_ url: String) async throws {
        let transport = ScriptedTransport([.success(Self.served("2026-01-01T00:00:00Z", "1"))])
        await #expect(throws: BackupError(.invalidInput, "")) {
            try await ServedClock.follow(url, transport: transport, base: ManualClock())
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: [
        "{}", #"{"now":"x","scale":1}"#, #"{"now":"2026-01-01T00:00:00Z","scale":0}"#,
        #"{"now":"2026-01-01T00:00:00Z"}"#, "",
    ])
    func isNoClock(_ body: String) async throws {
        let transport = ScriptedTransport([.success(.text(200, body))])
        await #expect(throws: BackupError(.malformedAnswer, "")) {
            try await ServedClock.follow(Self.url, transport: transport, base: ManualClock())
        }
    }
}
