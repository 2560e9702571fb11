import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("What is remembered of the doctor's checks")
struct CheckupRecordTests {
    /// 2026-11-24T13:00:00Z.
    static let noon = Date(timeIntervalSince1970: 1_795_525_200)
    static let day = 86_400.0

    static func times(jitter: Duration = .zero) -> DueTimes {
        DueTimes(Schedule(timing: .every(seconds: 86_400), jitter: jitter), zone: .utc, instance: .sample(named: "a"))
    }

    static func observation(_ verdict: CheckVerdict, tellsWarnings: Bool = false) -> CheckObservation {
        CheckObservation(
            check: "locks",
            verdict: verdict,
            text: "It is \(verdict).",
            remedy: verdict == .ok ? nil : "Mend it.",
            tellsWarnings: tellsWarnings
        )
    }

    /// A record after checkups that came to these verdicts, a day apart.
    static func record(_ verdicts: [CheckVerdict], tellsWarnings: Bool = false) -> CheckupRecord {
        var record = CheckupRecord(instance: .sample(named: "a"))
        for (number, verdict) in verdicts.enumerated() {
            record.take(
                [Self.observation(verdict, tellsWarnings: tellsWarnings)],
                at: Self.noon + Double(number) * Self.day
            )
        }
        return record
    }

    struct Course: CustomTestStringConvertible, Sendable {
        var verdicts: [CheckVerdict]
        var tellsWarnings: Bool
        var isWorse: Bool
        var verdict: CheckVerdict
        var testDescription: String {
            self.verdicts.map(\.rawValue).joined(separator: ", ") + (self.tellsWarnings ? ", warnings told" : "")
        }

        init(
            _ verdicts: CheckVerdict...,
            warnings tellsWarnings: Bool = false,
            worse isWorse: Bool,
            as verdict: CheckVerdict
        ) {
            self.verdicts = verdicts
            self.tellsWarnings = tellsWarnings
            self.isWorse = isWorse
            self.verdict = verdict
        }
    }

    @Test(arguments: [
        Course(.ok, worse: false, as: .ok),
        Course(.ok, .fault, worse: true, as: .fault),
        Course(.warning, .fault, worse: true, as: .fault),
        // A fault that was there from the beginning is no less a fault.
        Course(.fault, worse: true, as: .fault),
        Course(.fault, .ok, worse: false, as: .ok),
        Course(.fault, .warning, warnings: true, worse: false, as: .warning),
        // What was there from the beginning is taken as given.
        Course(.warning, warnings: true, worse: false, as: .warning),
        Course(.warning, .warning, warnings: true, worse: false, as: .warning),
        Course(.ok, .warning, warnings: true, worse: true, as: .warning),
        Course(.ok, .warning, .warning, warnings: true, worse: true, as: .warning),
        Course(.ok, .fault, .warning, warnings: true, worse: true, as: .warning),
        Course(.ok, .warning, .ok, warnings: true, worse: false, as: .ok),
        Course(.ok, .warning, worse: false, as: .warning),
        // What could not be looked at is neither worse nor well again.
        Course(.notChecked, worse: false, as: .notChecked),
        Course(.ok, .notChecked, worse: false, as: .ok),
        Course(.fault, .notChecked, .notChecked, worse: true, as: .fault),
        Course(.notChecked, .warning, warnings: true, worse: false, as: .warning),
        Course(.ok, .notChecked, .warning, warnings: true, worse: true, as: .warning),
    ])
    func `people are told of faults, and of warnings where all was well`(_ course: Course) throws {
        let record = Self.record(course.verdicts, tellsWarnings: course.tellsWarnings)
        let result = try #require(record.results.first)
        #expect(result.isWorse == course.isWorse)
        #expect(result.verdict == course.verdict)
        #expect(record.worse.count == (course.isWorse ? 1 : 0))
        #expect((result.unseen != nil) == (course.verdicts.last == .notChecked))
    }

    @Test func `a result tells since when it stands so, and what was seen last`() throws {
        let record = Self.record([.ok, .fault, .notChecked, .fault])
        let result = try #require(record.results.first)
        #expect(result.since == Self.noon + Self.day)
        #expect(result.text == "It is fault.")
        #expect(result.remedy == "Mend it.")
        let unseen = try #require(Self.record([.fault, .notChecked]).results.first)
        #expect(unseen.text == "It is fault.")
        #expect(unseen.unseen == "It is notChecked.")
    }

    @Test func `a check that is made no more is forgotten`() {
        var record = Self.record([.fault])
        record.take([], at: Self.noon + Self.day)
        #expect(record.results.isEmpty)
    }

    @Test func `changes are what got worse, and what is well again`() {
        func changes(_ before: [CheckVerdict], _ after: CheckVerdict) -> [String] {
            CheckChange.between(Self.record(before).results, Self.record(before + [after]).results).map { change in
                "\(change.before?.rawValue ?? "-") > \(change.result.verdict.rawValue)"
            }
        }
        #expect(changes([], .ok) == [])
        #expect(changes([], .fault) == ["- > fault"])
        #expect(changes([.ok], .fault) == ["ok > fault"])
        #expect(changes([.fault], .fault) == [])
        #expect(changes([.fault], .notChecked) == [])
        #expect(changes([.fault], .ok) == ["fault > ok"])
        #expect(changes([.ok], .warning) == [])
    }

    @Test func `it survives the way through the catalog`() throws {
        let record = Self.record([.ok, .warning], tellsWarnings: true)
        let data = try JSONEncoder.stable().encode(record)
        #expect(try JSONDecoder.stable().decode(CheckupRecord.self, from: data) == record)
    }

    // MARK: When

    @Test func `an instance that nobody has looked at is looked at now`() {
        let now = Self.noon + 5
        #expect(CheckupRecord(instance: .sample(named: "a")).due(Self.times(), at: now) == now)
    }

    @Test func `the next look is at the next time, and a time that was slept through is made up for`() {
        let record = Self.record([.ok])
        let next =
            Date(timeIntervalSince1970: (Self.noon.timeIntervalSince1970 / Self.day).rounded(.down) * Self.day)
            + Self.day
        #expect(record.due(Self.times(), at: Self.noon + 60) == next)
        #expect(record.due(Self.times(), at: next + 3 * Self.day + 60) == next + 3 * Self.day)
    }

    @Test(arguments: [(0, 900.0), (1, 14_400), (9, 14_400)])
    func `what got worse is looked at again soon, then less often`(_ days: Int, _ pause: Double) throws {
        let record = Self.record(Array(repeating: .fault, count: days + 1))
        let madeAt = try #require(record.madeAt)
        let due = try #require(record.due(Self.times(), at: madeAt + 1))
        #expect(due.timeIntervalSince(madeAt) == min(pause, 11 * 3600))
    }

    @Test func `what was begun is waited for a quarter of an hour`() {
        var record = Self.record([.ok])
        let now = Self.noon + Self.day
        record.begin(at: now)
        #expect(record.due(Self.times(), at: now + 60) == now + 900)
        record.take([Self.observation(.ok)], at: now + 70)
        #expect(record.begunAt == nil)
        #expect(record.due(Self.times(), at: now + 80).map { $0 > now + 900 } == true)
    }

    @Test func `a record of the future holds nobody back`() {
        let record = Self.record([.ok])
        #expect(record.due(Self.times(), at: Self.noon - 86_400) == Self.noon - 86_400)
    }

    // MARK: Who is told

    static func watch(_ verdicts: [CheckVerdict]) -> InstanceWatch {
        var watch = WatchFixture.watch("a", [WatchFixture.record(1, of: "a"), WatchFixture.record(0, of: "a")])
        watch.checkup = Self.record(verdicts)
        return watch
    }

    @Test func `a check that got worse is an incident of its own, with what mends it`() throws {
        let alerts = Self.watch([.ok, .fault]).alerts(at: Self.noon + Self.day, rules: AlertRules())
        let alert = try #require(alerts.first { $0.kind == .degraded })
        #expect(alert.cause == AlertCause(code: "locks", scope: WatchFixture.account))
        #expect(alert.text == "It is fault.")
        #expect(alert.error?.remedy == "Mend it.")
        #expect(alert.since == Self.noon + Self.day)
        #expect(!alert.isMuted)
        #expect(Self.watch([.ok]).alerts(at: Self.noon, rules: AlertRules()).isEmpty)
    }

    @Test(arguments: ["paused", "ignored", "failed", "well since"])
    func `nobody is told of what is told already, or was said not to be`(_ why: String) throws {
        var watch = Self.watch([.ok, .fault])
        switch why {
        case "paused":
            watch.pause = SchedulePause(
                pausedAt: Self.noon,
                until: Self.noon + 9 * Self.day,
                reason: nil,
                by: RecordedPrincipal(credential: "someone")
            )
        case "ignored": watch.ignoredChecks = ["locks"]
        case "failed": watch.summary?.note(WatchFixture.record(-1, .failed, of: "a"))
        default: watch.summary?.note(WatchFixture.record(-2, of: "a"))
        }
        let alerts = watch.alerts(at: Self.noon + 2 * Self.day, rules: AlertRules())
        let alert = try #require(alerts.first { $0.kind == .degraded })
        #expect(alert.isMuted)
    }
}
