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
            testDescription: "vanished, the only one",
            runs: [(9, .verified)],
            standing: [0: .vanished],
            verdict: .unprotected,
            says: ["is gone"]
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
}
