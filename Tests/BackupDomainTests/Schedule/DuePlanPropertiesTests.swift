import FoundationEssentials
import TestSupport
import Testing

@testable import BackupDomain

/// Schedulers that come and go at random, over nights in which the clocks change.
@Suite("What is due, at random")
struct DuePlanPropertiesTests {
    struct World {
        var schedule: Schedule
        var looks: [Date]
        var pauses: PauseHistory
        let start = Date(timeIntervalSince1970: 1_774_000_000)

        init(seed: Int) throws {
            var generator = SeededGenerator(seed: seed)
            let crons = ["0 1 * * *", "30 2 * * *", "0 */6 * * *", "15,45 2 * * *", "0 3 * * 0", "*/30 * * * *"]
            self.schedule = Schedule(
                timing: try .cron(CronExpression(crons[Int.random(in: 0..<crons.count, using: &generator)])),
                catchUp: CatchUp.allCases[Int.random(in: 0..<3, using: &generator)],
                catchUpWindow: .seconds(Int.random(in: 1...200, using: &generator) * 3600),
                jitter: .seconds(Int.random(in: 0...1, using: &generator) * 900)
            )
            let instance = DuePlanTests.instance
            self.pauses = PauseHistory(instance: instance)
            var (now, looks) = (self.start, [self.start])
            while looks.count < 60 {
                // Mostly a short while, now and then weeks.
                let isAbsence = Int.random(in: 0..<10, using: &generator) == 0
                now += Double(Int.random(in: 1...(isAbsence ? 20 * 86_400 : 4 * 3600), using: &generator))
                looks.append(now)
                if Int.random(in: 0..<15, using: &generator) == 0 {
                    let by = RecordedPrincipal(credential: "someone")
                    let until = now + Double(Int.random(in: 1...9 * 86_400, using: &generator))
                    self.pauses.add(SchedulePause(pausedAt: now + 1, until: until, reason: nil, by: by))
                }
            }
            self.looks = looks
        }
    }

    @Test(arguments: 0..<60)
    func `gives every time exactly one outcome`(_ seed: Int) throws {
        let world = try World(seed: seed)
        let instance = DuePlanTests.instance
        var history = DuePlanTests.history(world.schedule, zone: .berlin, at: world.start)
        var entries: [ScheduleEntry] = []
        for look in world.looks {
            let plan = DuePlan(world.schedule, zone: .berlin, history: history, pauses: world.pauses, at: look)
            history.decide(plan.entries, until: plan.decidedUntil)
            entries += plan.entries
            #expect(plan.nextAt.map { $0 > look } == true)
        }
        let due = DueTimes(world.schedule, zone: .berlin, instance: instance)
        var time = due.begin(at: world.start)
        var outcomes: [String] = []
        while let next = due.first(after: time), due.due(next) <= world.looks[world.looks.count - 1] {
            let found = entries.filter { $0.from <= next && next <= $0.until }
            #expect(found.count == 1, "\(next.iso8601): \(found.count) outcomes")
            outcomes.append(found.first?.outcome.rawValue ?? "none")
            time = next
        }
        #expect(entries.compactMap(\.count).reduce(0, +) == outcomes.count)
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.until < $1.from })
        // A pause is a pause, whenever one looks.
        for entry in entries where entry.outcome == .run {
            #expect(world.pauses.rests.allSatisfy { !$0.contains(entry.from) })
        }
    }
}
