import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("Deliveries of notices")
struct NoticeDeliveryTests {
    typealias Fixture = WatchFixture
    static let night = Fixture.night
    static let failure = BackupError(.unreachable, "chat.example cannot be reached.")

    static func ledger(
        _ routes: [NoticeRoute] = [NoticeRoute(channel: "chat"), NoticeRoute(channel: "mail")]
    ) -> IncidentLedger {
        var ledger = IncidentLedger()
        ledger.take(
            Fixture.round([Fixture.alert()], at: Self.night, isFinal: true),
            rules: AlertRules(),
            routes: routes
        )
        return ledger
    }

    @Test func `are claimed by one of two processes, and by the other where the first dies`() {
        var ledger = Self.ledger()
        #expect(ledger.claim(for: ["chat", "mail"], at: Self.night).map(\.channel) == ["chat", "mail"])
        #expect(ledger.claim(for: ["chat", "mail"], at: Self.night + 299).isEmpty)
        #expect(ledger.claim(for: ["chat", "mail"], at: Self.night + 300).count == 2)
    }

    @Test func `that were claimed and not sent can be put back`() {
        var ledger = Self.ledger()
        let claims = ledger.claim(for: ["chat"], at: Self.night)
        ledger.unclaim(claims[0].notice.id, on: "chat")
        #expect(ledger.claim(for: ["chat"], at: Self.night + 1).count == 1)
    }

    @Test func `are tried again after longer and longer pauses, for a day`() {
        var ledger = Self.ledger()
        var now = Self.night
        var pauses: [Int] = []
        while ledger.undelivered > 1 {
            let claims = ledger.claim(for: ["chat"], at: now)
            if claims.isEmpty {
                now += 1
            } else {
                ledger.settle(claims[0].notice.id, on: "chat", Self.failure, at: now)
                let next = ledger.nextLook([], channels: ["chat"], rules: AlertRules()) ?? now
                pauses.append(Int(next.timeIntervalSince(now)))
                now = next
            }
        }
        #expect(pauses.prefix(8) == [60, 120, 240, 480, 960, 1920, 3600, 3600])
        #expect(now <= Self.night + 86_400)
        #expect(ledger.channels["chat"]?.failures == pauses.count)
        #expect(ledger.channels["chat"]?.abandoned == 1)
        #expect(ledger.channels["chat"]?.failingSince == Self.night)
        #expect(ledger.channels["chat"]?.error == Self.failure)
        #expect(ledger.claim(for: ["chat"], at: now + 86_400).isEmpty)
    }

    @Test func `come in the order of what happened`() {
        var ledger = Self.ledger()
        let first = ledger.claim(for: ["chat"], at: Self.night)
        ledger.settle(first[0].notice.id, on: "chat", Self.failure, at: Self.night)
        ledger.take(Fixture.round([], at: Self.night + 30), rules: AlertRules(), routes: [NoticeRoute(channel: "chat")])
        // The end is not told before the beginning.
        #expect(ledger.claim(for: ["chat"], at: Self.night + 30).isEmpty)
        let both = ledger.claim(for: ["chat"], at: Self.night + 60)
        #expect(both.map(\.notice.event) == [.opened, .recovered])
        for claim in both { ledger.settle(claim.notice.id, on: "chat", nil, at: Self.night + 61) }
        #expect(ledger.channels["chat"]?.deliveredAt == Self.night + 61)
        #expect(ledger.channels["chat"]?.failingSince == nil)
        #expect(ledger.channels["chat"]?.failures == 1)
        #expect(ledger.undelivered == 1, "the mailbox has not been tried")
    }

    @Test func `of a channel that nobody has any more are given up in the end`() {
        var ledger = Self.ledger([NoticeRoute(channel: "gone")])
        #expect(ledger.undelivered == 1)
        ledger.take(
            Fixture.round([Fixture.alert()], at: Self.night + 2 * Fixture.day),
            rules: AlertRules(reminder: nil),
            routes: []
        )
        #expect(ledger.undelivered == 0)
    }

    @Test(arguments: [
        (NoticeRoute(channel: "a"), true), (NoticeRoute(channel: "a", events: [.digest]), false),
        (NoticeRoute(channel: "a", kinds: [.missed]), false), (NoticeRoute(channel: "a", kinds: [.failed]), true),
    ])
    func `go only where they are wanted`(_ route: NoticeRoute, _ isWanted: Bool) {
        #expect(Self.ledger([route]).undelivered == (isWanted ? 1 : 0))
    }

    @Test func `survive their document`() throws {
        var ledger = Self.ledger()
        _ = ledger.claim(for: ["chat"], at: Self.night)
        ledger.settle(ledger.notices[0].id, on: "chat", Self.failure, at: Self.night)
        ledger.digest([:], dueAt: Self.night, at: Self.night, routes: [])
        let data = try JSONEncoder.stable().encode(ledger)
        #expect(try JSONDecoder.stable().decode(IncidentLedger.self, from: data) == ledger)
    }
}
