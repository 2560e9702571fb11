import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Work on what is due")
struct DueWorkTests {
    typealias Fixture = ScheduleFixture

    static let night = Fixture.night

    /// What was told, in short.
    final class Told: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { self.lines.withLock(\.self) }

        func take(_ notice: DueNotice) {
            let line =
                switch notice {
                case .leftOut(let entries): "left out " + DueWorkTests.short(entries)
                case .begins(let time, let late): "begins \(DueWorkTests.hour(time)) late \(late.components.seconds)"
                case .ended(let time, let outcome): "\(DueWorkTests.word(outcome)) \(DueWorkTests.hour(time))"
                case .resumed: "resumed"
                case .trouble: "trouble"
                }
            self.lines.withLock { $0.append(line) }
        }
    }

    static func hour(_ date: Date) -> String { String(date.iso8601.dropFirst(8).prefix(5)) }

    static func short(_ entries: [ScheduleEntry]) -> String {
        entries.map { "\($0.outcome.rawValue) \(self.hour($0.from)) x\($0.count ?? 0)" }.joined(separator: ", ")
    }

    static func word(_ outcome: DueOutcome) -> String {
        switch outcome {
        case .ran(let report): report.outcome?.rawValue ?? "accepted"
        case .ranElsewhere: "elsewhere"
        case .skipped: "skipped"
        case .failed: "failed"
        case .left: "left"
        }
    }

    static func work(_ fixture: Fixture, _ told: Told, _ backups: DueBackups) -> DueWork {
        DueWork(
            fixture.instance,
            board: fixture.board,
            backups: backups,
            zones: Fixture.NoZones(),
            clock: fixture.clock,
            notify: { told.take($0) }
        )
    }

    @Test func `makes the backup of the night, and tells of it`() async throws {
        let (fixture, told) = (try await Fixture(), Told())
        let work = Self.work(fixture, told, fixture.backups(.runs(.verified)))
        try await work.perform()
        #expect(told.all.isEmpty)
        fixture.clock.set(Self.night + 2)
        var begun = 0
        try await work.perform { begun += 1 }
        try await work.perform { begun += 1 }
        #expect(told.all == ["begins 24T01 late 2", "verified 24T01"])
        #expect(begun == 1)
    }

    @Test func `makes up for all that was missed, one after the other`() async throws {
        var fixture = try await Fixture()
        fixture.schedule.catchUp = .all
        fixture.schedule.catchUpWindow = .seconds(2 * 86_400)
        let told = Told()
        let backups = fixture.backups(.runs(.verified), .runs(.failed))
        try await Self.work(fixture, told, backups).perform()
        fixture.clock.set(Self.night + 3 * 86_400 + 7200)
        try await Self.work(fixture, told, backups).perform()
        #expect(
            told.all == [
                "left out missed 24T01 x2", "begins 26T01 late 93600", "verified 26T01", "begins 27T01 late 7200",
                "failed 27T01",
            ]
        )
        #expect(try await fixture.history()?.open == [])
    }

    @Test func `takes up what a process left behind`() async throws {
        let (fixture, told) = (try await Fixture(), Told())
        try await fixture.orderTheNight()
        fixture.clock.set(Self.night + 3600)
        try await Self.work(fixture, told, fixture.backups(.runs(.verified))).perform()
        #expect(told.all == ["begins 24T01 late 3600", "verified 24T01"])
    }

    @Test func `stops where somebody asks to, and leaves the rest open`() async throws {
        var fixture = try await Fixture()
        fixture.schedule.catchUp = .all
        let told = Told()
        try await Self.work(fixture, told, fixture.backups()).perform()
        fixture.clock.set(Self.night + 86_400)
        try await Self.work(fixture, told, fixture.backups(.isStopped)).perform()
        #expect(told.all.suffix(1) == ["interrupted 24T01"])
        #expect(try await fixture.history()?.open == [Self.night, Self.night + 86_400])
    }

    @Test func `decides at once what comes due during a run`() async throws {
        let (fixture, told) = (try await Fixture(), Told())
        try await fixture.orderTheNight()
        fixture.clock.set(Self.night + 86_400)
        try await Self.work(fixture, told, fixture.backups()).look()
        #expect(told.all == ["left out skipped 25T01 x1"])
        #expect(try await fixture.history()?.entry(of: Self.night + 86_400)?.reason?.code == .underWay)
    }

    @Test func `lets one time wait for the end of a run, where times queue, and makes its backup then`() async throws {
        var fixture = try await Fixture()
        fixture.schedule.overlap = .queue
        let told = Told()
        try await fixture.orderTheNight()
        fixture.clock.set(Self.night + 86_400)
        try await Self.work(fixture, told, fixture.backups()).look()
        fixture.clock.set(Self.night + 2 * 86_400)
        try await Self.work(fixture, told, fixture.backups()).look()
        #expect(told.all == ["left out skipped 26T01 x1"])
        try await Self.work(fixture, told, fixture.backups(.runs(.verified), .runs(.verified))).perform()
        #expect(told.all.filter { $0.hasPrefix("verified") } == ["verified 24T01", "verified 25T01"])
    }
}
