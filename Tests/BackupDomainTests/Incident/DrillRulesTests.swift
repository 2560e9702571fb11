import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@Suite("Drills by schedule")
struct DrillRulesTests {
    /// 2026-11-29, a Sunday, at four.
    private static let sunday = Date(timeIntervalSince1970: 1_795_924_800)
    private static let hour = 3600.0
    private static let day = 86_400.0

    private static func drill(_ time: Date, passed: Bool) -> DrillHistory.Drill {
        DrillHistory.Drill(
            at: time + Self.hour,
            nominalAt: time,
            backupName: "b",
            backupRun: nil,
            run: RunID(of: "scratch", askedOf: "drill", at: time),
            target: .sample(named: "scratch"),
            seconds: 1800,
            isPassed: passed,
            differences: passed ? 0 : 3,
            reason: passed ? nil : "3 things differ."
        )
    }

    private static func history(since: Date, _ drills: DrillHistory.Drill...) -> DrillHistory {
        var history = DrillHistory()
        history.open(at: since)
        for drill in drills { history.note(drill) }
        return history
    }

    @Test(arguments: [
        ("at its time", Self.sunday, true), ("a day later", Self.sunday + Self.day, true),
        ("when the day is over", Self.sunday + Self.day + 1, false),
        ("before it", Self.sunday - 1, false),
    ])
    func `are due from their time on, for a day`(_ name: String, _ now: Date, _ isDue: Bool) {
        let history = Self.history(since: Self.sunday - 3 * Self.day)
        #expect(DrillRules().due(zone: .utc, history, at: now) == (isDue ? Self.sunday : nil), "\(name)")
    }

    @Test func `are not due before a scheduler has seen them, nor twice`() {
        let rules = DrillRules()
        let now = Self.sunday + Self.hour
        #expect(rules.due(zone: .utc, DrillHistory(), at: now) == nil)
        #expect(rules.due(zone: .utc, Self.history(since: now), at: now) == nil)
        let earlier = Self.sunday - 7 * Self.day
        let made = Self.history(since: earlier, Self.drill(earlier, passed: true))
        #expect(rules.due(zone: .utc, made, at: now) == Self.sunday)
        let failed = Self.history(since: earlier, Self.drill(Self.sunday, passed: false))
        #expect(rules.due(zone: .utc, failed, at: now) == nil)
    }

    @Test func `one that two processes have seen to its end counts once`() {
        var history = Self.history(since: Self.sunday, Self.drill(Self.sunday, passed: true))
        history.note(Self.drill(Self.sunday, passed: false))
        #expect(history.drills.map(\.isPassed) == [true])
    }

    @Test func `may be as old as their interval and two days, or what is said`() {
        #expect(DrillRules().allowedAge(zone: .utc, at: Self.sunday) == .seconds(9 * 86_400))
        #expect(DrillRules(maxAge: .seconds(3600)).allowedAge(zone: .utc, at: Self.sunday) == .seconds(3600))
    }

    private static func alerts(_ history: DrillHistory, at now: Date) -> [Alert] {
        var watch = InstanceWatch(instance: .sample(named: "contoso-apim"), storageAccount: "contosobackups")
        watch.drill = DrillWatch(history, allowedAge: .seconds(9 * 86_400))
        return watch.alerts(at: now, rules: AlertRules())
    }

    @Test func `alarm when one failed, and when the last passed one is too old`() {
        let passed = Self.history(since: Self.sunday, Self.drill(Self.sunday, passed: true))
        let overdueAt = Self.sunday + Self.hour + 9 * Self.day
        #expect(Self.alerts(passed, at: overdueAt) == [])
        let overdue = Self.alerts(passed, at: overdueAt + 1)
        #expect(overdue.map(\.kind) == [.drillOverdue])
        #expect(overdue.first?.text == "The last passed drill was on 2026-11-29T05:00:00Z; 9 d are allowed.")
        var failed = passed
        failed.note(Self.drill(Self.sunday + 7 * Self.day, passed: false))
        let alert = Self.alerts(failed, at: Self.sunday + 8 * Self.day)
        #expect(alert.map(\.kind) == [.drillFailed])
        #expect(alert.first?.text.hasSuffix("into scratch did not pass. 3 things differ.") == true, "\(alert)")
        let none = Self.history(since: Self.sunday)
        #expect(Self.alerts(none, at: Self.sunday + 9 * Self.day) == [])
        #expect(Self.alerts(none, at: Self.sunday + 9 * Self.day + 1).map(\.kind) == [.drillOverdue])
        #expect(Self.alerts(DrillHistory(), at: Self.sunday + 900 * Self.day) == [])
    }

    @Test func `are looked at again when the last passed one becomes too old`() {
        var watch = InstanceWatch(instance: .sample(named: "contoso-apim"), storageAccount: "contosobackups")
        watch.drill = DrillWatch(Self.history(since: Self.sunday), allowedAge: .seconds(86_400))
        #expect(watch.nextLook(after: Self.sunday, rules: AlertRules()) == Self.sunday + Self.day + 1)
    }

    @Test func `an instance whose newest drill did not pass is at risk`() {
        let status = { (history: DrillHistory) in
            ProtectionStatus(
                WatchFixture.summary([WatchFixture.record(0)]),
                pause: nil,
                drills: history,
                expectation: ProtectionStatus.Expectation(),
                at: WatchFixture.night + Self.hour
            )
        }
        let passed = status(Self.history(since: Self.sunday, Self.drill(Self.sunday, passed: true)))
        #expect(passed.verdict == .protected)
        #expect(passed.lastPassedDrill?.seconds == 1800)
        let failed = status(Self.history(since: Self.sunday, Self.drill(Self.sunday, passed: false)))
        #expect(failed.verdict == .atRisk)
        #expect(failed.reasons == ["The newest drill, of 2026-11-29T04:00:00Z, did not pass. 3 things differ."])
    }
}
