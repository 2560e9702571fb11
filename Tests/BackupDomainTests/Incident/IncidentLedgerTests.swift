import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("Incidents")
struct IncidentLedgerTests {
    typealias Fixture = WatchFixture
    static let night = Fixture.night
    static let routes = [NoticeRoute(channel: "chat")]

    /// Takes looks in order and says after each what was told, as `event count`.
    static func told(
        _ rounds: [AlertRound],
        rules: AlertRules = AlertRules(),
        ledger: inout IncidentLedger
    ) -> [String] {
        rounds.map { round in
            let before = Set(ledger.notices.map(\.id))
            ledger.take(round, rules: rules, routes: self.routes)
            return ledger.notices.filter { !before.contains($0.id) }.map { notice in
                "\(notice.event.rawValue) \(notice.incident?.kind.rawValue ?? "") \(notice.incident?.instances ?? 0)"
            }.joined(separator: ", ")
        }
    }

    static func told(_ rounds: [AlertRound], rules: AlertRules = AlertRules()) -> [String] {
        var ledger = IncidentLedger()
        return self.told(rounds, rules: rules, ledger: &ledger)
    }

    static let names = (1...50).map { "apim-\($0)" }

    @Test func `are told once, reminded of each day, and closed when all is well again`() {
        let alert = Fixture.alert()
        let told = Self.told([
            Fixture.round([alert], at: Self.night),
            Fixture.round([alert], at: Self.night + 119),
            Fixture.round([alert], at: Self.night + 120),
            Fixture.round([alert], at: Self.night + 3600),
            Fixture.round([alert], at: Self.night + 120 + Fixture.day - 1),
            Fixture.round([alert], at: Self.night + 120 + Fixture.day),
            Fixture.round([alert], at: Self.night + 130 + Fixture.day),
            Fixture.round([], at: Self.night + 2 * Fixture.day),
            Fixture.round([], at: Self.night + 2 * Fixture.day),
            Fixture.round([], at: Self.night + 3 * Fixture.day),
        ])
        #expect(told == ["", "", "opened failed 1", "", "", "reminder failed 1", "", "recovered failed 1", "", ""])
    }

    @Test func `of fifty instances that fail for one reason are one`() {
        let all = Self.names.map { Fixture.alert(.failed, $0) }
        let rounds = stride(from: 10, through: 50, by: 10).map { count in
            Fixture.round(Array(all.prefix(count)), at: Self.night + Double(count), of: Self.names)
        }
        let later = [
            Fixture.round(all, at: Self.night + 130, of: Self.names),
            Fixture.round([], at: Self.night + Fixture.day, of: Self.names),
        ]
        var ledger = IncidentLedger()
        #expect(
            Self.told(rounds + later, ledger: &ledger)
                == ["", "", "", "", "", "opened failed 50", "recovered failed 50"]
        )
        #expect(ledger.notices.first?.lines.count == Notice.mostLines)
        #expect(ledger.incidents.map(\.recovered) == [50])
    }

    @Test func `of different reasons are told apart`() {
        let alerts = [
            Fixture.alert(.failed, "a", code: "permissionDenied"), Fixture.alert(.failed, "b", code: "backupFailed"),
            Fixture.alert(.missed, "c"), Fixture.alert(.failed, "d", code: "backupFailed"),
        ]
        #expect(
            Self.told([Fixture.round(alerts, at: Self.night, isFinal: true)])
                == ["opened failed 2, opened failed 1, opened missed 1"]
        )
    }

    @Test func `that grow are told again when they have doubled, an hour after they were told at the earliest`() {
        func round(_ count: Int, _ seconds: Double) -> AlertRound {
            Fixture.round(
                Self.names.prefix(count).map { Fixture.alert(.failed, $0) },
                at: Self.night + seconds,
                of: Self.names
            )
        }
        let told = Self.told([
            round(4, 0), round(4, 120), round(8, 600), round(20, 3719), round(20, 3720), round(39, 9000),
            round(39, 120 + 3600 + Fixture.day),
        ])
        #expect(told == ["", "opened failed 4", "", "", "grown failed 20", "", "reminder failed 39"])
    }

    @Test func `that go on for another reason do not count as over`() {
        let told = Self.told([
            Fixture.round([Fixture.alert(.missed)], at: Self.night, isFinal: true),
            Fixture.round([Fixture.alert(.failed, code: "busy")], at: Self.night + 3600, isFinal: true),
            Fixture.round([Fixture.alert(.failed, code: "backupFailed")], at: Self.night + 7200, isFinal: true),
            Fixture.round([], at: Self.night + 9000),
        ])
        #expect(told == ["opened missed 1", "opened failed 1", "opened failed 1", "recovered failed 1"])
    }

    /// The ids of what is open in a ledger that began empty, after some looks.
    static func ids(_ rounds: [AlertRound]) -> [String] {
        var ledger = IncidentLedger()
        for round in rounds { ledger.take(round, rules: AlertRules(), routes: self.routes) }
        return ledger.open.map(\.id)
    }

    @Test func `have the same id for whoever cannot read what another process wrote down`() {
        var (first, later) = (Fixture.alert(.failed, "a"), Fixture.alert(.failed, "b"))
        later.since += 60
        let known = Self.ids([
            Fixture.round([first], at: Self.night + 120), Fixture.round([first, later], at: Self.night + 180),
        ])
        #expect(known.count == 1)
        #expect(Self.ids([Fixture.round([later, first], at: Self.night + 40 * 3600)]) == known)
        first.since += 1
        #expect(Self.ids([Fixture.round([first], at: Self.night + 120)]) != known)
        let others = [
            Fixture.alert(.missed, "a"), Fixture.alert(.failed, "a", code: "busy"), Fixture.alert(.failed, "b"),
        ]
        for other in others { #expect(Self.ids([Fixture.round([other], at: Self.night + 120)]) != known) }
    }

    @Test(arguments: [(3600.0, true), (22.9 * 3600, true), (23.0 * 3600, false)])
    func `whose begin nobody knows have the same id on the same day`(_ later: Double, _ isSame: Bool) {
        func id(at now: Date) -> [String] {
            var round = Fixture.round([], at: now, isFinal: true)
            let error = BackupError(.instanceNotFound, "There is none.")
            round.add(unattended: InstanceKey(.sample(named: "a")), name: "a", storageAccount: Fixture.account, error)
            return Self.ids([round])
        }
        #expect((id(at: Self.night) == id(at: Self.night + later)) == isSame)
    }

    @Test(arguments: [false, true])
    func `of an instance that no run can begin of are one, and none while its schedule is paused`(_ isPaused: Bool) {
        let key = InstanceKey(.sample(named: "contoso-apim"))
        func round(_ seconds: Double) -> AlertRound {
            let doctor = Fixture.alert(.degraded, code: "tier")
            var round = Fixture.round([doctor], at: Self.night + seconds, isFinal: true)
            let error = BackupError(.tierUnsupported, "It has no backups.")
            round.add(
                unattended: key,
                name: "contoso-apim",
                storageAccount: Fixture.account,
                isMuted: isPaused,
                error
            )
            return round
        }
        #expect(Self.told([round(0), round(3600)]) == [isPaused ? "" : "opened failed 1", ""])
    }

    @Test func `that come back are others, and are told as such`() {
        var ledger = IncidentLedger()
        let alert = Fixture.alert()
        let told = Self.told(
            (0..<3).flatMap { number in
                [
                    Fixture.round([alert], at: Self.night + Double(number) * 7200, isFinal: true),
                    Fixture.round([], at: Self.night + Double(number) * 7200 + 3600),
                ]
            },
            ledger: &ledger
        )
        #expect(told == Array(repeating: ["opened failed 1", "recovered failed 1"], count: 3).flatMap(\.self))
        #expect(Set(ledger.incidents.map(\.id)).count == 3)
        #expect(Set(ledger.notices.map(\.id)).count == 6)
    }

    @Test func `that nobody was told of end without a word`() {
        var ledger = IncidentLedger()
        let told = Self.told(
            [Fixture.round([Fixture.alert()], at: Self.night), Fixture.round([], at: Self.night + 60)],
            ledger: &ledger
        )
        #expect(told == ["", ""])
        #expect(ledger.incidents.isEmpty)
    }

    @Test func `of instances that nobody looked at stay as they are, for three days`() {
        let alert = Fixture.alert(.failed, "elsewhere")
        var ledger = IncidentLedger()
        let told = Self.told(
            [
                Fixture.round([alert], at: Self.night, isFinal: true),
                Fixture.round([], at: Self.night + 2 * Fixture.day),
            ],
            ledger: &ledger
        )
        #expect(told == ["opened failed 1", ""])
        #expect(ledger.open.count == 1)
        #expect(Self.told([Fixture.round([], at: Self.night + 3 * Fixture.day)], ledger: &ledger) == [""])
        #expect(ledger.open.isEmpty)
    }

    @Test func `of a paused instance are neither opened nor reminded of, and not called over`() {
        let muted = Fixture.alert(isMuted: true)
        let told = Self.told([
            Fixture.round([muted], at: Self.night, isFinal: true),
            Fixture.round([Fixture.alert()], at: Self.night + 60, isFinal: true),
            Fixture.round([muted], at: Self.night + 3 * Fixture.day),
            Fixture.round([Fixture.alert()], at: Self.night + 3 * Fixture.day + 1),
            Fixture.round([], at: Self.night + 4 * Fixture.day),
        ])
        #expect(told == ["", "opened failed 1", "", "reminder failed 1", "recovered failed 1"])
    }

    @Test func `are kept while the catalog of their instances cannot be read`() {
        let (failed, unreadable) = (Fixture.alert(.failed), Fixture.alert(.catalogUnreadable, code: "unreachable"))
        let told = Self.told([
            Fixture.round([failed], at: Self.night, isFinal: true),
            Fixture.round([unreadable], at: Self.night + 3600, isFinal: true),
            Fixture.round([unreadable], at: Self.night + 20 * 3600, isFinal: true),
            Fixture.round([failed], at: Self.night + 21 * 3600),
            Fixture.round([], at: Self.night + 22 * 3600),
        ])
        #expect(
            told == [
                "opened failed 1", "opened catalogUnreadable 1", "", "recovered catalogUnreadable 1",
                "recovered failed 1",
            ]
        )
    }

    @Test func `without reminders are told once`() {
        let rules = AlertRules(reminder: nil)
        let rounds = (0..<30).map {
            Fixture.round([Fixture.alert()], at: Self.night + Double($0) * Fixture.day, isFinal: true)
        }
        #expect(Self.told(rounds, rules: rules).filter { !$0.isEmpty } == ["opened failed 1"])
    }

    @Test func `do nothing to the document as long as nothing changes`() {
        var ledger = IncidentLedger()
        ledger.take(Fixture.round([], at: Self.night), rules: AlertRules(), routes: Self.routes)
        #expect(ledger == IncidentLedger())
        ledger.take(
            Fixture.round([Fixture.alert()], at: Self.night, isFinal: true),
            rules: AlertRules(),
            routes: Self.routes
        )
        let before = ledger
        ledger.take(Fixture.round([Fixture.alert()], at: Self.night + 3600), rules: AlertRules(), routes: Self.routes)
        #expect(ledger == before)
    }

    @Test func `stay within bounds however much goes wrong`() throws {
        var ledger = IncidentLedger()
        let names = (0..<6000).map { "apim-\($0)" }
        var now = Self.night
        for number in 0..<300 {
            let alerts = number.isMultiple(of: 2) ? [Fixture.alert(.failed, "x", code: "code-\(number)")] : []
            ledger.take(
                Fixture.round(alerts, at: now, of: ["x"], isFinal: true),
                rules: AlertRules(),
                routes: Self.routes
            )
            for claim in ledger.claim(for: ["chat"], at: now) {
                ledger.settle(claim.notice.id, on: "chat", nil, at: now)
            }
            now += 3600
        }
        #expect(ledger.incidents.count == 100)
        #expect(ledger.notices.count == 50)
        let many = names.map { Fixture.alert(.failed, $0) }
        ledger.take(Fixture.round(many, at: now, of: names, isFinal: true), rules: AlertRules(), routes: Self.routes)
        #expect(ledger.open.map(\.members.count) == [5000])
        let bytes = try JSONEncoder.stable(pretty: true).encode(ledger).count
        #expect(bytes < 1 << 20, "\(bytes) bytes")
    }

    @Test func `foretell when they ask for something`() {
        var ledger = IncidentLedger()
        let alert = Fixture.alert()
        let rules = AlertRules()
        #expect(ledger.nextLook([], channels: ["chat"], rules: rules) == nil)
        ledger.take(Fixture.round([alert], at: Self.night), rules: rules, routes: Self.routes)
        #expect(ledger.nextLook([alert], channels: ["chat"], rules: rules) == Self.night + 120)
        #expect(ledger.nextLook([], channels: ["chat"], rules: rules) == nil)
        #expect(ledger.nextLook([Fixture.alert(isMuted: true)], channels: ["chat"], rules: rules) == nil)
        ledger.take(Fixture.round([alert], at: Self.night + 120), rules: rules, routes: Self.routes)
        #expect(ledger.nextLook([alert], channels: ["chat"], rules: rules) == Self.night + 120)
        #expect(ledger.nextLook([alert], channels: [], rules: rules) == Self.night + 120 + Fixture.day)
        let claims = ledger.claim(for: ["chat"], at: Self.night + 120)
        #expect(claims.count == 1)
        #expect(ledger.nextLook([alert], channels: ["chat"], rules: rules) == Self.night + 420)
        ledger.settle(claims[0].notice.id, on: "chat", BackupError(.unreachable, "no"), at: Self.night + 130)
        #expect(ledger.nextLook([alert], channels: ["chat"], rules: rules) == Self.night + 190)
    }
}
