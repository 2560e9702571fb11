import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("The line of a morning")
struct DailyDigestTests {
    typealias Verdict = ProtectionStatus.Verdict
    static let morning = Date(timeIntervalSince1970: 1_795_503_600)
    static let routes = [NoticeRoute(channel: "chat", events: [.digest])]

    static func verdicts(_ verdicts: [String: Verdict]) -> [InstanceKey: Verdict] {
        Dictionary(uniqueKeysWithValues: verdicts.map { (InstanceKey(.sample(named: $0)), $1) })
    }

    /// The lines of mornings, each with how instances stand then.
    static func lines(_ mornings: [[String: Verdict]]) -> [String] {
        var ledger = IncidentLedger()
        for (day, verdicts) in mornings.enumerated() {
            let due = self.morning + Double(day) * 86_400
            ledger.digest(self.verdicts(verdicts), dueAt: due, at: due + 5, routes: self.routes)
        }
        return ledger.notices.map { NoticeText($0).title }
    }

    @Test func `says how many are protected, what changed and what needs a person`() {
        let lines = Self.lines([
            ["a": .protected, "b": .protected], ["a": .protected, "b": .protected], ["a": .protected, "b": .atRisk],
            ["a": .unprotected, "b": .atRisk], ["a": .protected, "b": .protected],
        ])
        #expect(
            lines == [
                "2 of 2 instances protected; nothing has changed; nothing needs you",
                "1 of 2 instances protected; at risk now: b; 1 needs you: apim-backup status",
                "0 of 2 instances protected; unprotected now: a; 2 need you: apim-backup status",
                "2 of 2 instances protected; well again, or gone: a, b; nothing needs you",
            ]
        )
    }

    @Test func `is written once, however many processes look`() {
        var ledger = IncidentLedger()
        let verdicts = Self.verdicts(["a": .protected])
        for due in [Self.morning, Self.morning + 86_400] {
            for second in 0..<5 { ledger.digest(verdicts, dueAt: due, at: due + Double(second), routes: Self.routes) }
        }
        #expect(ledger.notices.map(\.at) == [Self.morning + 86_400])
    }

    @Test func `of two sets of instances is kept apart, and forgotten with its set`() {
        var ledger = IncidentLedger()
        ledger.digest(Self.verdicts(["a": .protected]), dueAt: Self.morning, at: Self.morning, routes: Self.routes)
        ledger.digest(Self.verdicts(["b": .protected]), dueAt: Self.morning, at: Self.morning, routes: Self.routes)
        #expect(ledger.digests.count == 2)
        let later = Self.morning + 8 * 86_400
        ledger.digest(Self.verdicts(["a": .protected]), dueAt: later, at: later, routes: Self.routes)
        #expect(ledger.digests.count == 1)
    }

    @Test func `counts what changed in the instances`() {
        var ledger = IncidentLedger()
        let (changed, unchanged) = (InstanceKey(.sample(named: "a")), InstanceKey(.sample(named: "b")))
        for day in 0..<2 {
            let due = Self.morning + Double(day) * 86_400
            ledger.digest(
                Self.verdicts(["a": .protected, "b": .protected]),
                contents: [changed: 3, unchanged: 0],
                dueAt: due,
                at: due,
                routes: Self.routes
            )
        }
        #expect(
            ledger.notices.last.map(NoticeText.init)?.title
                == "2 of 2 instances protected; 3 things changed in 1 instance; nothing needs you"
        )
    }

    @Test func `counts the incidents that are open`() {
        var ledger = IncidentLedger()
        let names = ["contoso-apim"]
        ledger.take(
            WatchFixture.round([WatchFixture.alert()], at: Self.morning, of: names, isFinal: true),
            rules: AlertRules(),
            routes: []
        )
        for day in 0..<2 {
            let due = Self.morning + Double(day) * 86_400
            ledger.digest(Self.verdicts(["contoso-apim": .atRisk]), dueAt: due, at: due, routes: Self.routes)
        }
        let text = ledger.notices.last.map(NoticeText.init)
        #expect(
            text?.title == "0 of 1 instance protected; nothing has changed; 1 incident needs you: apim-backup status"
        )
        #expect(text?.severity == .warning)
    }
}
