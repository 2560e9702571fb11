import FoundationEssentials
import TestSupport
import Testing

@testable import BackupDomain

@Suite("Schedules")
struct ScheduleTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    @Test func `begin each night at one by UTC where nothing else is said`() {
        let schedule = Schedule()
        #expect(schedule.timing == .cron(.nightly))
        #expect(schedule.timeZone == "UTC")
        #expect(schedule.delay(of: .sample(named: "contoso-apim"), at: Self.night) == .zero)
    }

    @Test func `delay the same instance and night the same, and spread a fleet`() {
        let schedule = Schedule(jitter: .seconds(600))
        let fleet = (0..<1000).map { ResourceID.sample(named: "apim-\($0)") }
        let delays = fleet.map { schedule.delay(of: $0, at: Self.night).components.seconds }
        #expect(delays == fleet.map { schedule.delay(of: $0, at: Self.night).components.seconds })
        #expect(delays.allSatisfy { (0...600).contains($0) })
        // A thousand draws from ten minutes: each minute has its hundred or so.
        for minute in 0..<10 {
            let share = delays.filter { $0 / 60 == Int64(minute) }.count
            #expect((60...150).contains(share), "minute \(minute): \(share)")
        }
        let nextNight = fleet.map { schedule.delay(of: $0, at: Self.night + 86_400).components.seconds }
        #expect(zip(delays, nextNight).filter { $0 == $1 }.count < 20)
    }

    @Test func `are told apart by what their times depend on`() throws {
        let nightly = RecordedTiming(Schedule())
        #expect(RecordedTiming(Schedule(catchUp: .none, overlap: .queue, jitter: .seconds(60))) == nightly)
        #expect(RecordedTiming(try Schedule(timing: .cron(CronExpression("0  1 * * *")))) == nightly)
        #expect(RecordedTiming(Schedule(timeZone: "Europe/Berlin")) != nightly)
        let interval = RecordedTiming(Schedule(timing: .every(seconds: 3600), timeZone: "Europe/Berlin"))
        #expect(interval == RecordedTiming(Schedule(timing: .every(seconds: 3600))))
        #expect(interval.timing == .every(seconds: 3600))
        #expect(nightly.timing == .cron(.nightly))
    }
}
