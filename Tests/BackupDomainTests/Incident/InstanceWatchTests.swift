import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("What is wrong with an instance")
struct InstanceWatchTests {
    typealias Fixture = WatchFixture
    static let night = Fixture.night

    struct Example: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var watch: InstanceWatch
        var after: TimeInterval
        var alerts: [String]

        init(_ what: String, _ watch: InstanceWatch, after: TimeInterval = 7200, _ alerts: String...) {
            self.testDescription = what
            self.watch = watch
            self.after = after
            self.alerts = alerts
        }
    }

    static func changed(_ watch: InstanceWatch, _ change: (inout InstanceWatch) -> Void) -> InstanceWatch {
        var watch = watch
        change(&watch)
        return watch
    }

    static let clean = Fixture.watch("contoso-apim", [Fixture.record(1), Fixture.record(0)])
    static let without = Fixture.watch("contoso-apim", [Fixture.record(2), Fixture.record(1)])
    static let pause = SchedulePause(
        pausedAt: night - 60,
        until: night + 30 * 86_400,
        reason: nil,
        by: RecordedPrincipal(credential: "someone")
    )

    static let failingForLong = Fixture.watch(
        "contoso-apim",
        [Fixture.record(9)] + (0..<8).reversed().map { Fixture.record(Double($0), .failed) }
    )

    static let nights: [Example] = [
        Example("a verified night", clean),
        Example("a night that nobody began, before its hour is over", without, after: 3599),
        Example("a night that nobody began", without, after: 3600, "missed missed@schedule"),
        Example("nothing known, nothing expected", InstanceWatch(instance: .sample(named: "a"), storageAccount: "s")),
        Example(
            "a failed night, at once",
            Fixture.watch("contoso-apim", [Fixture.record(1), Fixture.record(0, .failed)]),
            after: 601,
            "failed backupFailed@contosobackups"
        ),
        Example(
            "a credential that is refused",
            Fixture.watch("contoso-apim", [Fixture.record(1), Fixture.record(0, .refused, code: .credentialRejected)]),
            "failed credentialRejected@credential"
        ),
        Example(
            "an unverified night",
            Fixture.watch("contoso-apim", [Fixture.record(1), Fixture.record(0, .unverified)]),
            "failed unverified@contosobackups"
        ),
        Example(
            "a failed night before a verified one",
            Fixture.watch("contoso-apim", [Fixture.record(1, .failed), Fixture.record(0)])
        ),
        Example(
            "a failed night, and another under way",
            Fixture.watch("contoso-apim", [Fixture.record(1, .failed), Fixture.record(0, nil)]),
            after: 600,
            "failed backupFailed@contosobackups"
        ),
        Example(
            "a run that is under way for too long",
            Fixture.watch("contoso-apim", [Fixture.record(1), Fixture.record(0, nil)]),
            "overdue underWay@contosobackups"
        ),
        Example(
            "a run that makes up for a missed night, within its hour",
            changed(Fixture.watch("contoso-apim", [Fixture.record(1)])) { watch in
                watch.summary?.note(Fixture.record(0, begun: 9000, nil))
            },
            after: 9000 + 3599
        ),
        Example(
            "a run that makes up for a missed night, after its hour",
            changed(Fixture.watch("contoso-apim", [Fixture.record(1)])) { watch in
                watch.summary?.note(Fixture.record(0, begun: 9000, nil))
            },
            after: 9000 + 3600,
            "overdue underWay@contosobackups"
        ),
        Example(
            "a run that found the instance busy",
            Fixture.watch("contoso-apim", [Fixture.record(1), Fixture.record(0, .busy, code: .busy)]),
            "overdue busy@contosobackups"
        ),
        Example(
            "a backup by hand in place of a missed night",
            changed(without) { watch in
                watch.summary?.note(RunRecord.sample(at: night + 1800))
            }
        ),
        Example(
            "a skipped night",
            changed(without) { $0.expected?[0].disposition = .skipped }
        ),
        Example(
            "a night that the scheduler has given up, at once",
            changed(without) { $0.expected?[0].disposition = .missed("No scheduler was at work.") },
            after: 60,
            "missed missed@schedule"
        ),
        Example(
            "a night given up whose next one is verified",
            changed(clean) { $0.expected?[1].disposition = .missed("No scheduler was at work.") }
        ),
        Example(
            "a night given up while the next one is under way",
            changed(Fixture.watch("contoso-apim", [Fixture.record(2), Fixture.record(0, nil)])) { watch in
                watch.expected?[1].disposition = .missed("No scheduler was at work.")
            },
            after: 60,
            "missed missed@schedule"
        ),
        Example(
            "a verified backup that has vanished",
            changed(clean) { watch in
                watch.summary?.note(.vanished, of: RunID(instance: watch.instance, nominalAt: night), at: night)
            },
            "overdue vanished@contosobackups"
        ),
        Example(
            "a night with jitter, before its hour is over",
            changed(without) { $0.expected?[0].startsAt = night + 1800 },
            after: 3600
        ),
        Example(
            "a night that could not be begun, at once",
            changed(without) { $0.expected?[0].disposition = .failed("The instance is gone.") },
            after: 60,
            "failed notBegun@contosobackups"
        ),
        Example(
            "a paused instance that failed",
            changed(Fixture.watch("contoso-apim", [Fixture.record(0, .failed)])) { $0.pause = pause },
            "failed backupFailed@contosobackups (muted)"
        ),
    ]

    static let standing: [Example] = [
        Example(
            "a backup that is too old, without a schedule",
            changed(clean) { watch in
                watch.expected = nil
                watch.ageLimit.maxAge = .seconds(26 * 3600)
            },
            after: 27 * 3600,
            "overdue noVerifiedBackup@contosobackups"
        ),
        Example(
            "an instance without a schedule that was never backed up",
            changed(Fixture.watch("contoso-apim", [])) { watch in
                watch.expected = nil
                watch.ageLimit.maxAge = .seconds(26 * 3600)
            },
            "overdue noVerifiedBackup@contosobackups"
        ),
        Example(
            "an instance whose schedule has not come yet",
            changed(Fixture.watch("contoso-apim", [])) { watch in
                watch.expected = []
                watch.ageLimit.maxAge = .seconds(26 * 3600)
            }
        ),
        Example(
            "the last good backup expires in six days, and nights fail",
            Fixture.watch("contoso-apim", [Fixture.record(24), Fixture.record(0, .failed)]),
            "failed backupFailed@contosobackups",
            "expiring expiring@contosobackups"
        ),
        Example(
            "the last good backup has expired",
            Fixture.watch("contoso-apim", [Fixture.record(40), Fixture.record(0, .failed)]),
            "failed backupFailed@contosobackups",
            "expiring expiring@contosobackups"
        ),
        Example(
            "the last good backup expires after the next night",
            changed(Fixture.watch("contoso-apim", [Fixture.record(28)])) { $0.expected = [] }
        ),
        Example(
            "the last good backup expires before the next run",
            changed(Fixture.watch("contoso-apim", [Fixture.record(28)])) { watch in
                watch.expected = []
                watch.next = ExpectedRun(nominalAt: night + 3 * Fixture.day)
            },
            "expiring expiring@contosobackups"
        ),
        Example(
            "the last good backup of a paused instance expires",
            changed(Fixture.watch("contoso-apim", [Fixture.record(28)])) { watch in
                watch.expected = []
                watch.pause = pause
            },
            "expiring expiring@contosobackups"
        ),
        Example(
            "nights that have failed for a week, with rules of retention",
            changed(
                failingForLong
            ) { $0.isPruned = true },
            "failed backupFailed@contosobackups",
            "retentionBlocked newestRunFailing@contosobackups"
        ),
        Example(
            "the same without rules of retention",
            failingForLong,
            "failed backupFailed@contosobackups"
        ),
        Example(
            "a tripped shrink guard",
            changed(clean) { watch in
                watch.isPruned = true
                watch.shrink = ShrinkGuard(threshold: 0.7, acknowledgement: nil).alarm(
                    Fixture.summary([Fixture.record(1), Fixture.record(0, bytes: 1000)])
                        ?? InstanceSummary(Fixture.record(0))
                )
            },
            "retentionBlocked shrinkGuard@contosobackups"
        ),
    ]

    @Test(arguments: nights + standing)
    func `is decided by its records and its schedule`(_ example: Example) {
        let alerts = example.watch.alerts(at: Self.night + example.after, rules: AlertRules())
        #expect(
            alerts.map { "\($0.kind.rawValue) \($0.cause.code)@\($0.cause.scope)\($0.isMuted ? " (muted)" : "")" }
                == example.alerts
        )
        #expect(alerts.allSatisfy { $0.text.hasSuffix(".") && $0.since <= Self.night + example.after })
    }

    @Test func `a run has twice its usual time, and no less than an hour`() {
        let due = ExpectedRun(nominalAt: Self.night)
        #expect(Self.clean.usualDuration == .seconds(600))
        #expect(Self.clean.deadline(of: due) == Self.night + 3600)
        var slow = Self.clean
        let records = (1...12).map { day in
            var record = Fixture.record(Double(day))
            record.history[record.history.count - 1].at = record.nominalAt + (day <= 10 ? 5400 : 60)
            return record
        }
        slow.summary = Fixture.summary(records)
        #expect(slow.usualDuration == .seconds(5400))
        #expect(slow.deadline(of: due) == Self.night + 10_800)
    }

    @Test(arguments: nights + standing)
    func `changes by itself at no other moment than the one that is foretold`(_ example: Example) {
        let rules = AlertRules()
        var now = Self.night + example.after
        func kinds(_ at: Date) -> [AlertKind] { example.watch.alerts(at: at, rules: rules).map(\.kind) }
        for _ in 0..<6 {
            guard let next = example.watch.nextLook(after: now, rules: rules) else {
                return #expect(kinds(now + 100 * Fixture.day) == kinds(now))
            }
            #expect(next > now)
            for step in 1...20 {
                let at = now + (next.timeIntervalSince(now) - 1) * Double(step) / 20
                #expect(kinds(max(at, now)) == kinds(now), "at \(at.iso8601)")
            }
            now = next
        }
    }

    @Test func `summaries that know nothing of beginnings have no usual duration`() throws {
        let summary = try #require(Fixture.summary([Fixture.record(0)]))
        let text = String(decoding: try JSONEncoder.stable().encode(summary), as: UTF8.self)
        let old = try #require(
            try? JSONDecoder.stable().decode(
                InstanceSummary.self,
                from: Data(text.replacing(#""startedAt":"2026-11-24T01:00:00Z","#, with: "").utf8)
            )
        )
        #expect(text.contains("startedAt"))
        #expect(old.runs.first?.startedAt == nil)
        #expect(old.usualDuration == nil)
    }
}
