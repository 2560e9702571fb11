import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("How old a backup may be")
struct AgeLimitTests {
    static let hour = 3600.0
    static let day = 86_400.0
    /// 2026-10-24T23:00:00Z, 01:00 in Berlin; the clocks go back in the night after that.
    static let fold = Date(timeIntervalSince1970: 1_792_882_800)

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var timing: ScheduleTiming
        var zone = TimeZoneRules.utc
        var at = Date(timeIntervalSince1970: 1_795_482_000)
        var jitter = Duration.zero
        var usual: Double?
        var allowed: TimeInterval
    }

    static func cron(_ text: String) throws -> ScheduleTiming { .cron(try CronExpression(text)) }

    static func cases() throws -> [Case] {
        [
            Case(testDescription: "each night", timing: .cron(.nightly), allowed: 26 * hour),
            Case(testDescription: "each week", timing: try cron("0 1 * * 0"), allowed: 7 * day + 2 * hour),
            Case(testDescription: "each month", timing: try cron("0 1 1 * *"), allowed: 31 * day + 2 * hour),
            Case(testDescription: "each hour", timing: try cron("@hourly"), allowed: 3 * hour),
            Case(testDescription: "weekdays", timing: try cron("0 1 * * 1-5"), allowed: 3 * day + 2 * hour),
            Case(testDescription: "every six hours", timing: .every(seconds: 21_600), allowed: 8 * hour),
            Case(
                testDescription: "every hour, runs of forty minutes",
                timing: .every(seconds: 3600),
                usual: 2400,
                allowed: 3 * hour
            ),
            Case(
                testDescription: "each night, runs of three hours",
                timing: .cron(.nightly),
                usual: 3 * 3600,
                allowed: 30 * hour
            ),
            Case(
                testDescription: "each night with a delay",
                timing: .cron(.nightly),
                jitter: .seconds(1800),
                allowed: 26.5 * hour
            ),
            Case(
                testDescription: "the long night, before it",
                timing: .cron(.nightly),
                zone: .berlin,
                at: fold - 60,
                allowed: 27 * hour
            ),
            Case(
                testDescription: "the long night, while the run after it is under way",
                timing: .cron(.nightly),
                zone: .berlin,
                at: fold + 26 * hour,
                allowed: 27 * hour
            ),
            Case(
                testDescription: "the long night, a week after it",
                timing: .cron(.nightly),
                zone: .berlin,
                at: fold + 7 * day,
                allowed: 26 * hour
            ),
        ]
    }

    @Test(arguments: try cases())
    func `follows from the schedule and from how long runs take`(_ example: Case) {
        let schedule = Schedule(timing: example.timing, jitter: example.jitter)
        let limit = AgeLimit(interval: schedule.longestInterval(zone: example.zone, around: example.at))
        #expect(limit.allowed(usualDuration: example.usual.map { .seconds($0) }) == .seconds(example.allowed))
    }

    @Test func `is what somebody says, whatever the schedule`() {
        let limit = AgeLimit(maxAge: .seconds(50 * 3600), interval: .seconds(60))
        #expect(limit.allowed(usualDuration: .seconds(100_000)) == .seconds(50 * 3600))
        #expect(AgeLimit(interval: nil).allowed(usualDuration: .seconds(600)) == nil)
    }

    @Test(arguments: [
        (7 * day, 5 * day, false), (7 * day, 7 * day + 3600, false), (7 * day, 7 * day + 3 * hour, true),
        (31 * day, 29 * day, false), (hour, 2 * hour, false), (hour, 3.5 * hour, true), (day, 25 * hour, false),
        (day, 27 * hour, true),
    ])
    func `puts an instance at risk once it is over, and not before`(
        _ interval: TimeInterval,
        _ age: TimeInterval,
        _ isAtRisk: Bool
    ) {
        let now = Date(timeIntervalSince1970: 1_795_482_000)
        let expectation = ProtectionStatus.Expectation(ageLimit: AgeLimit(interval: .seconds(interval)))
        // The sample's blob is created nine minutes after its time.
        let summary = InstanceSummary(RunRecord.sample(at: now - age - 540))
        let status = ProtectionStatus(summary, pause: nil, expectation: expectation, at: now)
        #expect(status.verdict == (isAtRisk ? .atRisk : .protected), "\(status.reasons)")
        #expect(status.allowedAge == .seconds(interval + 7200))
    }
}
