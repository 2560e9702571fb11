import BackupDomain
import Foundation
import TestSupport
import Testing

/// Instances with schedules of their own, and histories as a scheduler writes them.
@Suite("What a schedule makes us expect")
struct ScheduledWatchTests {
    static let hour = 3600.0
    static let day = 86_400.0
    static let id = ResourceID.sample(named: "contoso-apim")
    /// 2026-11-22T01:00:00Z, a Sunday.
    static let sunday = Date(timeIntervalSince1970: 1_795_309_200)

    /// An instance that a scheduler has seen for a long time, with verified runs at these times and one without an end.
    static func watch(
        _ expression: String,
        verified: [Date],
        underWay: Date? = nil,
        at now: Date,
        _ change: (inout ScheduleHistory) -> Void = { _ in }
    ) throws -> InstanceWatch {
        let schedule = Schedule(timing: .cron(try CronExpression(expression)))
        let due = DueTimes(schedule, zone: .utc, instance: self.id)
        var history = ScheduleHistory(due, at: now - 100 * self.day)
        change(&history)
        var watch = InstanceWatch(instance: self.id, storageAccount: "contosobackups")
        let records =
            verified.map { RunRecord.sample(at: $0) }
            + [underWay].compactMap { time in
                time.map { RunRecord.sample(at: $0, outcome: nil) }
            }
        watch.summary = records.dropFirst().reduce(into: records.first.map(InstanceSummary.init)) { $0?.note($1) }
        watch.expect(schedule, zone: .utc, history: history, at: now)
        return watch
    }

    static func kinds(_ watch: InstanceWatch, at now: Date) -> [AlertKind] {
        watch.alerts(at: now, rules: AlertRules()).map(\.kind)
    }

    @Test(arguments: [
        ("0 1 * * 0", 7.0), ("0 1 22 * *", 30.0), ("0 * * * *", 1.0 / 24),
    ])
    func `is nothing between two times, however far apart, and a missed one is told an hour after it`(
        _ expression: String,
        _ days: Double
    ) throws {
        let next = Self.sunday + days * Self.day
        for share in [0.1, 0.5, 0.99] {
            let now = Self.sunday + share * days * Self.day
            let watch = try Self.watch(expression, verified: [Self.sunday], at: now)
            #expect(Self.kinds(watch, at: now).filter { $0 != .expiring } == [], "\(share)")
            #expect(watch.next?.nominalAt == next)
        }
        let late = try Self.watch(expression, verified: [Self.sunday], at: next + Self.hour)
        #expect(Self.kinds(late, at: next + Self.hour).contains(.missed))
        #expect(!Self.kinds(late, at: next + Self.hour - 1).contains(.missed))
    }

    @Test func `a run that holds up the next ten is still asked after`() throws {
        for hours in [2.0, 5, 12, 30] {
            let now = Self.sunday + hours * Self.hour + 60
            let watch = try Self.watch(
                "0 * * * *",
                verified: [Self.sunday - Self.hour],
                underWay: Self.sunday,
                at: now
            ) { history in
                let run = ScheduleEntry(from: Self.sunday, until: Self.sunday, count: 1, outcome: .run, decidedAt: now)
                history.decide([run], until: Self.sunday)
                for hour in 1...Int(hours) {
                    let time = Self.sunday + Double(hour) * Self.hour
                    let reason = ScheduleReason(.underWay, "A run is under way.")
                    history.decide(
                        [
                            ScheduleEntry(
                                from: time,
                                until: time,
                                count: 1,
                                outcome: .skipped,
                                reason: reason,
                                decidedAt: time
                            )
                        ],
                        until: time
                    )
                }
            }
            let alerts = watch.alerts(at: now, rules: AlertRules())
            #expect(alerts.map(\.kind) == [.overdue], "after \(hours) hours")
            #expect(alerts.first?.cause.code == "underWay")
        }
    }

    @Test func `a pause is silent, and after it only the next time counts`() throws {
        let now = Self.sunday + 10 * Self.day + 10 * Self.hour
        var watch = try Self.watch("0 1 * * *", verified: [Self.sunday], at: now) { history in
            let paused = ScheduleEntry(
                from: Self.sunday + Self.day,
                until: Self.sunday + 10 * Self.day,
                count: 10,
                outcome: .skipped,
                reason: ScheduleReason(.paused, "The schedule is paused."),
                decidedAt: now
            )
            let run = ScheduleEntry(from: Self.sunday, until: Self.sunday, count: 1, outcome: .run, decidedAt: now)
            history.decide([run, paused], until: paused.until)
        }
        #expect(Self.kinds(watch, at: now) == [])
        let next = try #require(watch.next?.nominalAt)
        #expect(next == Self.sunday + 11 * Self.day)
        #expect(watch.nextLook(after: now, rules: AlertRules()) == next + Self.hour)
        watch.ageLimit.maxAge = .seconds(5 * Self.day)
        #expect(Self.kinds(watch, at: now) == [.overdue])
        watch.pause = SchedulePause(pausedAt: now, until: now + 60, reason: nil, by: RecordedPrincipal(credential: "c"))
        #expect(watch.alerts(at: now, rules: AlertRules()).map(\.isMuted) == [true])
    }
}
