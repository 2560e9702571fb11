import FoundationEssentials
import TestSupport
import Testing

@testable import BackupDomain

@Suite("What is due")
struct DuePlanTests {
    static let instance = ResourceID.sample(named: "contoso-apim")

    static func date(_ text: String) throws -> Date { try #require(Date(iso8601: "2026-11-\(text):00Z")) }

    static func history(_ schedule: Schedule, zone: TimeZoneRules = .utc, at now: Date) -> ScheduleHistory {
        ScheduleHistory(DueTimes(schedule, zone: zone, instance: self.instance), at: now)
    }

    /// Looks as a scheduler does, and writes down what it decides.
    static func look(
        _ history: inout ScheduleHistory,
        _ schedule: Schedule,
        pauses: PauseHistory? = nil,
        occupation: DuePlan.Occupation = .free,
        at now: Date
    ) -> DuePlan {
        let plan = DuePlan(schedule, zone: .utc, history: history, pauses: pauses, occupation: occupation, at: now)
        history.decide(plan.entries, until: plan.decidedUntil)
        return plan
    }

    /// `run 03T01:00` or `missed(superseded) 01T01:00…02T01:00 x2`.
    static func told(_ entries: [ScheduleEntry]) -> [String] {
        entries.map { entry in
            func short(_ date: Date) -> String { String(date.iso8601.dropFirst(8).prefix(8)) }
            let reason = entry.reason.map { "(\($0.code.rawValue))" } ?? ""
            let span = entry.count == 1 ? "" : "…\(short(entry.until)) x\(entry.count.map(String.init) ?? "many")"
            return "\(entry.outcome.rawValue)\(reason) \(short(entry.from))\(span)"
        }
    }

    @Test func `a time that another process has seen to keeps its outcome, whatever this one could not do`() throws {
        let now = try Self.date("11T01:00")
        var history = Self.history(Schedule(), at: now)
        #expect(Self.told(Self.look(&history, Schedule(), at: now).entries) == ["run 11T01:00"])
        let failed = ScheduleEntry(
            from: now,
            until: now,
            count: 1,
            outcome: .failed,
            reason: ScheduleReason(.notBegun, "Nothing answered."),
            decidedAt: now
        )
        var other = history
        other.close(now)
        other.close(now, as: failed)
        #expect(Self.told(other.entries) == ["run 11T01:00"])
        history.close(now, as: failed)
        history.close(now)
        #expect(Self.told(history.entries) == ["failed(notBegun) 11T01:00"])
        #expect(history.open.isEmpty && other.open.isEmpty)
    }

    struct Absence: CustomTestStringConvertible {
        var testDescription: String
        var schedule = Schedule()
        var lookedAt = "10T01:00"
        var comesAt: String
        var told: [String]

        static let all: [Self] = [
            Self(testDescription: "on time", comesAt: "11T01:00", told: ["run 11T01:00"]),
            Self(testDescription: "before its time", comesAt: "11T00:59", told: []),
            Self(testDescription: "hours late", comesAt: "11T14:00", told: ["run 11T01:00"]),
            Self(
                testDescription: "nights late",
                comesAt: "14T14:00",
                told: ["missed(superseded) 11T01:00…13T01:00 x3", "run 14T01:00"]
            ),
            Self(
                testDescription: "nights late, all made up for",
                schedule: Schedule(catchUp: .all, catchUpWindow: .seconds(3 * 86_400)),
                comesAt: "15T14:00",
                told: ["missed(tooLate) 11T01:00…12T01:00 x2", "run 13T01:00", "run 14T01:00", "run 15T01:00"]
            ),
            Self(
                testDescription: "hours late, none made up for",
                schedule: Schedule(catchUp: .none),
                comesAt: "12T01:16",
                told: ["missed(noCatchUp) 11T01:00…12T01:00 x2"]
            ),
            Self(
                testDescription: "minutes late, none made up for",
                schedule: Schedule(catchUp: .none),
                comesAt: "12T01:15",
                told: ["missed(noCatchUp) 11T01:00", "run 12T01:00"]
            ),
            Self(
                testDescription: "later than the window",
                schedule: Schedule(catchUpWindow: .seconds(2 * 3600)),
                comesAt: "12T03:01",
                told: ["missed(tooLate) 11T01:00…12T01:00 x2"]
            ),
            Self(
                testDescription: "just within the window",
                schedule: Schedule(catchUpWindow: .seconds(2 * 3600)),
                comesAt: "12T03:00",
                told: ["missed(superseded) 11T01:00", "run 12T01:00"]
            ),
            Self(
                testDescription: "an interval",
                schedule: Schedule(timing: .every(seconds: 6 * 3600)),
                lookedAt: "10T00:00",
                comesAt: "10T12:05",
                told: ["missed(superseded) 10T06:00", "run 10T12:00"]
            ),
        ]
    }

    @Test(arguments: Absence.all)
    func `after an absence is made up for as the schedule says`(_ absence: Absence) throws {
        let before = try Self.date(absence.lookedAt)
        var history = Self.history(absence.schedule, at: before)
        history.decide([], until: before)
        let plan = Self.look(&history, absence.schedule, at: try Self.date(absence.comesAt))
        #expect(Self.told(plan.entries) == absence.told)
        #expect(plan.runs == plan.entries.filter { $0.outcome == .run }.map(\.from))
        #expect(history.open == plan.runs)
        let again = Self.look(&history, absence.schedule, at: try Self.date(absence.comesAt))
        #expect(again.entries.isEmpty)
        #expect(again.nextAt.map { $0 > plan.decidedUntil } == true)
    }

    @Test func `misses nothing from before it was first seen, and keeps what has just passed`() throws {
        var history = Self.history(Schedule(), at: try Self.date("10T12:00"))
        let plan = Self.look(&history, Schedule(), at: try Self.date("10T12:00"))
        #expect(plan.entries.isEmpty)
        #expect(plan.nextAt == (try Self.date("11T01:00")))
        // A timer that fires at one sees the schedule a moment later.
        var atOne = Self.history(Schedule(), at: try Self.date("10T01:00") + 3)
        #expect(Self.told(Self.look(&atOne, Schedule(), at: try Self.date("10T01:00") + 3).entries) == ["run 10T01:00"])
    }

    @Test func `waits for its delay, which is the same at every look`() throws {
        let schedule = Schedule(jitter: .seconds(1800))
        let night = try Self.date("11T01:00")
        let delay = schedule.delay(of: Self.instance, at: night)
        try #require(delay > .seconds(60))
        var history = Self.history(schedule, at: night - 3600)
        let early = Self.look(&history, schedule, at: night + delay.timeInterval - 1)
        #expect(early.entries.isEmpty)
        #expect(early.nextAt == night + delay.timeInterval)
        #expect(Self.look(&history, schedule, at: night + delay.timeInterval).runs == [night])
    }

    @Test func `is skipped while the schedule is paused, also when one looks only afterwards`() throws {
        let by = RecordedPrincipal(credential: "someone")
        var pauses = PauseHistory(instance: Self.instance)
        pauses.add(
            SchedulePause(pausedAt: try Self.date("11T12:00"), until: try Self.date("20T12:00"), reason: nil, by: by)
        )
        var watched = Self.history(Schedule(), at: try Self.date("10T12:00"))
        for day in 11...13 {
            _ = Self.look(&watched, Schedule(), pauses: pauses, at: try Self.date("\(day)T01:00"))
        }
        pauses.end(at: try Self.date("13T12:00"), by: by)
        let resumed = Self.look(&watched, Schedule(), pauses: pauses, at: try Self.date("13T12:01"))
        #expect(resumed.entries.isEmpty)
        _ = Self.look(&watched, Schedule(), pauses: pauses, at: try Self.date("14T01:00"))
        let told = ["run 11T01:00", "skipped(paused) 12T01:00…13T01:00 x2", "run 14T01:00"]
        #expect(Self.told(watched.entries) == told)

        var unwatched = Self.history(Schedule(), at: try Self.date("10T12:00"))
        _ = Self.look(&unwatched, Schedule(), pauses: pauses, at: try Self.date("14T02:00"))
        #expect(Self.told(unwatched.entries) == ["missed(superseded) 11T01:00"] + told.dropFirst())
    }

    @Test func `never begins while the schedule is paused, whenever its time was`() throws {
        var pauses = PauseHistory(instance: Self.instance)
        pauses.add(
            SchedulePause(
                pausedAt: try Self.date("12T02:00"),
                until: try Self.date("20T12:00"),
                reason: nil,
                by: RecordedPrincipal(credential: "someone")
            )
        )
        var history = Self.history(Schedule(), at: try Self.date("10T12:00"))
        let plan = Self.look(&history, Schedule(), pauses: pauses, at: try Self.date("12T03:00"))
        #expect(Self.told(plan.entries) == ["missed(superseded) 11T01:00", "skipped(paused) 12T01:00"])
    }

    @Test(arguments: [
        (Overlap.skip, DuePlan.Occupation.underWay, "skipped(underWay) 11T01:00"),
        (.skip, .queued, "skipped(underWay) 11T01:00"), (.skip, .free, "run 11T01:00"),
        (.queue, .underWay, "run 11T01:00"), (.queue, .queued, "skipped(queueFull) 11T01:00"),
    ])
    func `during a run is skipped or waits`(_ overlap: Overlap, _ occupation: DuePlan.Occupation, _ told: String) throws
    {
        let schedule = Schedule(overlap: overlap)
        var history = Self.history(schedule, at: try Self.date("10T12:00"))
        let plan = Self.look(&history, schedule, occupation: occupation, at: try Self.date("11T01:00"))
        #expect(Self.told(plan.entries) == [told])
    }

    @Test func `of a changed schedule begins anew, and what nobody decided is missed`() throws {
        let berlin = Schedule(timeZone: "Europe/Berlin")
        var history = Self.history(Schedule(), at: try Self.date("10T12:00"))
        #expect(!history.isOf(berlin))
        let noon = try Schedule(timing: .cron(CronExpression("0 12 * * *")))
        history.change(
            to: DueTimes(noon, zone: .utc, instance: Self.instance),
            formerZone: .utc,
            at: try Self.date("12T13:00")
        )
        #expect(history.isOf(noon))
        // Noon of that day was never a time of the schedule that held then.
        let plan = Self.look(&history, noon, at: try Self.date("12T13:00"))
        #expect(plan.entries.isEmpty)
        _ = Self.look(&history, noon, at: try Self.date("13T12:00"))
        #expect(Self.told(history.entries) == ["missed(scheduleChanged) 11T01:00…12T01:00 x2", "run 13T12:00"])
    }

    @Test func `is bounded, however long nobody looked`() throws {
        let minutely = try Schedule(timing: .cron(CronExpression("* * * * *")), catchUp: .all)
        let start = try Self.date("10T12:00")
        var history = Self.history(minutely, at: start)
        let plan = Self.look(&history, minutely, at: start + 20 * 365 * 86_400)
        #expect(plan.runs.count == Schedule.mostCaughtUp)
        #expect(plan.entries.count == Schedule.mostCaughtUp + 1)
        #expect(plan.entries.first?.count == nil)
        for hour in 1...40 {
            _ = Self.look(&history, minutely, at: start + 20 * 365 * 86_400 + Double(hour) * 3600)
        }
        #expect(history.entries.count == ScheduleHistory.mostEntries)
        #expect(history.open.count == ScheduleHistory.mostOpen)
    }
}
