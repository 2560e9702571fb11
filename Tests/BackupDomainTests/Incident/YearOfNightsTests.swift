import BackupDomain
import Foundation
import TestSupport
import Testing

/// Instances through a year of nights, by values: runs at one o'clock, looks whenever the rules ask for one.
@Suite("A year of nights")
struct YearOfNightsTests {
    typealias Fixture = WatchFixture

    struct Year {
        var names: [String]
        var ledger = IncidentLedger()
        var told: [(event: Notice.Event, at: Date)] = []
        var looks = 0
        var records: [String: InstanceSummary] = [:]
        /// What comes of the run of an instance in a night; nil for none at all.
        var outcome: (_ name: String, _ night: Int) -> RunOutcome?
        let begin = Fixture.night
        let rules = AlertRules()
        let routes = [NoticeRoute(channel: "chat"), NoticeRoute(channel: "morning", events: [.digest])]

        func night(_ number: Int) -> Date { self.begin + Double(number) * Fixture.day }

        func watches(at now: Date) -> [InstanceWatch] {
            let newest = Int(now.timeIntervalSince(self.begin) / Fixture.day)
            return self.names.map { name in
                var watch = InstanceWatch(instance: .sample(named: name), storageAccount: Fixture.account)
                watch.summary = self.records[name]
                watch.expected = (0..<3).compactMap { newest - $0 }.filter { $0 >= 0 }.map {
                    ExpectedRun(nominalAt: self.night($0))
                }
                watch.next = ExpectedRun(nominalAt: self.night(newest + 1))
                watch.ageLimit = AgeLimit()
                watch.isPruned = true
                watch.shrink = watch.summary.flatMap { ShrinkGuard(threshold: 0.7, acknowledgement: nil).alarm($0) }
                return watch
            }
        }

        /// Takes one look, sends what is due, and says when to look next.
        mutating func look(at now: Date) -> Date? {
            self.looks += 1
            let watches = self.watches(at: now)
            let round = AlertRound(watches, rules: self.rules, at: now)
            self.ledger.take(round, rules: self.rules, routes: self.routes)
            let eight = Double(Int(now.timeIntervalSince(self.begin) / Fixture.day)) * Fixture.day + 7 * 3600
            if self.begin + eight <= now {
                let verdicts = watches.map { watch in
                    (watch.key, ProtectionStatus(watch.summary, pause: nil, expectation: .init(), at: now).verdict)
                }
                self.ledger.digest(
                    Dictionary(uniqueKeysWithValues: verdicts),
                    dueAt: self.begin + eight,
                    at: now,
                    routes: self.routes
                )
            }
            for claim in self.ledger.claim(for: ["chat", "morning"], at: now) {
                self.told.append((claim.notice.event, now))
                self.ledger.settle(claim.notice.id, on: claim.channel, nil, at: now)
            }
            let nexts = watches.compactMap { $0.nextLook(after: now, rules: self.rules) }
            return
                (nexts + [self.ledger.nextLook(round.alerts, channels: ["chat"], rules: self.rules)].compactMap(\.self))
                .min()
        }

        mutating func run(nights: Int) {
            for number in 0..<nights {
                let start = self.night(number)
                for name in self.names {
                    guard let outcome = self.outcome(name, number) else { continue }
                    let record = RunRecord.sample(of: name, at: start, outcome: outcome)
                    if self.records[name]?.note(record) == nil { self.records[name] = InstanceSummary(record) }
                }
                var next = self.look(at: start + 601)
                while let at = next, at < self.night(number + 1) { next = self.look(at: max(at, start + 601)) }
                _ = self.look(at: start + 7 * 3600)
            }
        }
    }

    @Test func `of clean nights passes in silence, but for one line each morning where that is wanted`() {
        var year = Year(names: ["contoso-apim", "adatum-apim"], outcome: { _, _ in .verified })
        year.run(nights: 365)
        #expect(Set(year.told.map(\.event)) == [.digest])
        // The first morning only makes a beginning.
        #expect(year.told.count == 364)
        #expect(year.looks < 365 * 6, "\(year.looks) looks")
        #expect(year.ledger.incidents.isEmpty)
    }

    @Test func `tells each bad night within a quarter of an hour, each absence within an hour, and each end`() {
        let failed: [Int: RunOutcome] = [10: .failed, 100: .refused]
        let missed = [40, 41]
        var year = Year(
            names: ["contoso-apim"],
            outcome: { _, night in missed.contains(night) ? nil : failed[night] ?? .verified }
        )
        year.run(nights: 365)
        let incidents = year.told.filter { $0.event != .digest }
        #expect(
            incidents.map { "\($0.event.rawValue) \(Int($0.at.timeIntervalSince(year.begin) / Fixture.day))" } == [
                "opened 10", "recovered 11", "opened 40", "reminder 41", "recovered 42", "opened 100", "recovered 101",
            ]
        )
        for (night, limit) in [(10, 600 + 900.0), (100, 600 + 900), (40, 2 * 3600)] {
            let at = incidents.first { $0.event == .opened && $0.at >= year.night(night) }?.at
            #expect(at.map { $0.timeIntervalSince(year.night(night)) <= limit } == true, "night \(night)")
        }
    }

    @Test func `of nights that all fail tells of the failure each day, of the expiry and of retention once more`() {
        var year = Year(names: ["contoso-apim"], outcome: { _, night in night < 5 ? .verified : .failed })
        year.run(nights: 40)
        let events = Dictionary(grouping: year.told.filter { $0.event != .digest }, by: \.event).mapValues(\.count)
        #expect(events[.opened] == 3)
        // The 34 days after the failure, the 27 after the blocked retention, and the 11 before and after the expiry.
        #expect(events[.reminder].map { (60...75).contains($0) } == true, "\(events)")
        #expect(events[.recovered] == nil)
        #expect(Set(year.ledger.open.map(\.kind)) == [.failed, .expiring, .retentionBlocked])
    }
}
