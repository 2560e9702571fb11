import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("Protected, at risk or unprotected")
struct ProtectionStatusTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)
    static let hour = 3600.0

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// Hours before now, outcome.
        var runs: [(Double, RunOutcome?)] = []
        var standing: [Int: SummarizedRun.Standing] = [:]
        var pausedFor: Double?
        var verdict: ProtectionStatus.Verdict
        var says: [String] = []
        var points = 0
    }

    static let cases: [Case] = [
        Case(testDescription: "no record at all", verdict: .unprotected, says: ["No run is recorded"]),
        Case(testDescription: "last night's", runs: [(9, .verified)], verdict: .protected, points: 1),
        Case(
            testDescription: "a week of nights",
            runs: (0..<7).map { (9 + 24 * Double($0), .verified) },
            verdict: .protected,
            points: 7
        ),
        Case(
            testDescription: "two days old",
            runs: [(49, .verified)],
            verdict: .atRisk,
            says: ["is 2 d old; 1 d 2 h are allowed"],
            points: 1
        ),
        Case(
            testDescription: "last night failed",
            runs: [(9, .failed), (25, .verified)],
            verdict: .atRisk,
            says: ["ended failed (backupFailed)"],
            points: 1
        ),
        Case(
            testDescription: "a run by hand found it busy",
            runs: [(1, .busy), (9, .verified)],
            verdict: .protected,
            points: 1
        ),
        Case(testDescription: "only failures", runs: [(9, .failed)], verdict: .unprotected, says: ["ever verified"]),
        Case(
            testDescription: "azure says done, nobody could look",
            runs: [(9, .unverified)],
            verdict: .unprotected,
            says: ["ever verified"]
        ),
        Case(
            testDescription: "expired",
            runs: [(31 * 24, .verified)],
            verdict: .unprotected,
            says: ["has expired on"]
        ),
        Case(
            testDescription: "so many failures since that the summary has forgotten the runs of that time",
            runs: [(80, .verified)] + (0..<61).reversed().map { (Double($0) + 1, .failed) },
            verdict: .atRisk,
            says: ["is 3 d 7 h old"],
            points: 1
        ),
        Case(
            testDescription: "vanished, the only one",
            runs: [(9, .verified)],
            standing: [0: .vanished],
            verdict: .unprotected,
            says: ["has vanished since its run", "No verified backup of ours is left."]
        ),
        Case(
            testDescription: "changed, an older one is left",
            runs: [(9, .verified), (25, .verified)],
            standing: [0: .changed],
            verdict: .atRisk,
            says: ["has changed since its run"],
            points: 1
        ),
        Case(
            testDescription: "pruned ones are no loss",
            runs: [(9, .verified), (33, .verified)],
            standing: [1: .pruned],
            verdict: .protected,
            points: 1
        ),
        Case(testDescription: "under way", runs: [(0.1, nil), (25, .verified)], verdict: .protected, points: 1),
        Case(
            testDescription: "under way for two days",
            runs: [(9, .verified), (48, nil)],
            verdict: .atRisk,
            says: ["has no outcome yet", "'resume'"],
            points: 1
        ),
        Case(
            testDescription: "paused",
            runs: [(9, .verified)],
            pausedFor: 5,
            verdict: .atRisk,
            says: ["paused until", "migration"],
            points: 1
        ),
    ]

    @Test(arguments: cases)
    func `is judged by what can be restored and by what endangers it`(_ example: Case) throws {
        let now = Self.night
        let records = example.runs.map { hours, outcome in
            RunRecord.sample(at: now - hours * Self.hour, outcome: outcome)
        }
        var summary = records.first.map(InstanceSummary.init)
        for record in records { summary?.note(record) }
        for (index, standing) in example.standing {
            summary?.note(standing, of: records[index].run, at: records[index].nominalAt)
        }
        let pause = example.pausedFor.map { hours in
            SchedulePause(
                pausedAt: now - 60,
                until: now + hours * Self.hour,
                reason: "migration",
                by: RecordedPrincipal(credential: "test")
            )
        }
        let status = ProtectionStatus(summary, pause: pause, expectation: ProtectionStatus.Expectation(), at: now)
        #expect(status.verdict == example.verdict, "\(status.reasons)")
        #expect(status.recoveryPoints == example.points)
        #expect((status.restorableUntil != nil) == (example.points > 0))
        let text = status.reasons.joined(separator: "\n")
        for fragment in example.says { #expect(text.contains(fragment), "\(text)") }
        #expect(status.reasons.isEmpty == (example.verdict == .protected))
    }

    @Test(arguments: [
        (RunOutcome.verified, false, ProtectionStatus.Verdict.atRisk), (.verified, true, .atRisk),
        (.failed, false, .unprotected),
    ])
    func `is never well of an instance that was deleted, and no better for it`(
        _ outcome: RunOutcome,
        _ isInventoryOnly: Bool,
        _ verdict: ProtectionStatus.Verdict
    ) {
        var record = RunRecord.sample(at: Self.night - 9 * Self.hour, outcome: outcome)
        if isInventoryOnly { record.takeInventoryOnly(); record.outcome = .inventoried }
        var status = ProtectionStatus(
            InstanceSummary(record),
            pause: nil,
            expectation: ProtectionStatus.Expectation(isInventoryOnly: isInventoryOnly),
            at: Self.night
        )
        #expect(status.verdict.isWell == (outcome == .verified))
        let deleted = DeletedInstance(
            id: record.instance.id,
            location: "West Europe",
            deletedAt: Self.night - Self.hour,
            purgesAt: Self.night + 47 * Self.hour
        )
        status.note(deleted, at: Self.night)
        #expect(status.verdict == verdict)
        #expect(status.reasons.first == deleted.sentence(at: Self.night))
    }

    @Test func `a backup that became small endangers what would be protected`() {
        var summary = InstanceSummary(RunRecord.sample(at: Self.night - 9 * Self.hour, bytes: 1000))
        for day in 1...10 {
            summary.note(RunRecord.sample(at: Self.night - (9 + 24 * Double(day)) * Self.hour, bytes: 200_000))
        }
        let status = ProtectionStatus(
            summary,
            shrinkage: ShrinkGuard(threshold: 0.7, acknowledgement: nil).alarm(summary),
            pause: nil,
            expectation: ProtectionStatus.Expectation(),
            at: Self.night
        )
        #expect(status.verdict == .atRisk)
        #expect(status.reasons.count == 1)
        #expect(status.reasons.first?.contains("has 1000 bytes, the median of the 10 before it is 200000") == true)
        #expect(status.reasons.first?.contains("'acknowledge'") == true)
    }

    /// A document of backups that others made, good ones all, so many hours old.
    static func adopted(_ hours: Double...) -> AdoptedBackups {
        let points = hours.map { hours in
            var point = PointFixture.adopted(0, seen: 2)
            point.createdAt = Self.night - hours * Self.hour
            point.restorableUntil = point.createdAt + 30 * 86_400
            point.blob?.createdAt = point.createdAt
            return point
        }
        return AdoptedBackups(points, at: Self.night - Self.hour)
    }

    @Test func `backups that others made count as verify counts them, and put no instance out of risk`() {
        let good = Self.adopted(5, 29)
        #expect(good.points.count == 2)
        func judge(_ summary: InstanceSummary?) -> ProtectionStatus {
            ProtectionStatus(
                summary,
                adopted: good,
                pause: nil,
                expectation: ProtectionStatus.Expectation(),
                at: Self.night
            )
        }
        let without = judge(nil)
        #expect(without.verdict == .atRisk)
        #expect(without.recoveryPoints == 2)
        #expect(without.restorableUntil != nil)
        #expect(without.reasons.first == "No run is recorded.")
        #expect(without.reasons.last?.contains("made by others") == true)
        let with = judge(InstanceSummary(RunRecord.sample(at: Self.night - 9 * Self.hour)))
        #expect(with.verdict == .protected)
        #expect(with.recoveryPoints == 3)
        let expired = ProtectionStatus(
            nil,
            adopted: good,
            pause: nil,
            expectation: ProtectionStatus.Expectation(),
            at: Self.night + 31 * 86_400
        )
        #expect(expired.verdict == .unprotected)
        #expect(expired.recoveryPoints == 0)
    }

    @Test(arguments: [
        (ScheduleEntry.Outcome.missed, 4.0, ProtectionStatus.Verdict.atRisk), (.failed, 4, .atRisk),
        (.skipped, 4, .protected), (.run, 4, .protected), (.missed, 10, .protected),
    ])
    func `is at risk where the newest time was missed or could not begin, and nothing was backed up since`(
        _ outcome: ScheduleEntry.Outcome,
        _ hours: Double,
        _ verdict: ProtectionStatus.Verdict
    ) {
        let now = Self.night
        let time = now - hours * Self.hour
        let schedule = Schedule(timing: .every(seconds: 3600))
        var history = ScheduleHistory(DueTimes(schedule, zone: .utc, instance: .sample(named: "a")), at: time - 60)
        let reason = outcome == .run ? nil : ScheduleReason(.tooLate, "Nobody was there.")
        let entry = ScheduleEntry(from: time, until: time, count: 1, outcome: outcome, reason: reason, decidedAt: now)
        history.decide([entry], until: time)
        let status = ProtectionStatus(
            InstanceSummary(RunRecord.sample(at: now - 9 * Self.hour, outcome: .verified)),
            pause: nil,
            history: history,
            expectation: ProtectionStatus.Expectation(),
            at: now
        )
        #expect(status.verdict == verdict, "\(status.reasons)")
        #expect(status.leftOut?.outcome == (outcome == .run ? nil : outcome))
        #expect(status.reasons.contains { $0.contains("Nobody was there.") } == (verdict == .atRisk))
    }
}
