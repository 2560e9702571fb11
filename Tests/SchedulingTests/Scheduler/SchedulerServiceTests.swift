import BackupDomain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Scheduling

@Suite("The scheduler", .timeLimit(.minutes(1)))
struct SchedulerServiceTests {
    static let night = TimetableTests.night

    /// What was handed over, with a way to wait for it.
    final class Handed: Sendable {
        private let stream: AsyncStream<[Timetable.Due]>
        private let continuation: AsyncStream<[Timetable.Due]>.Continuation

        init() { (self.stream, self.continuation) = AsyncStream.makeStream() }

        func take(_ due: [Timetable.Due]) { self.continuation.yield(due) }

        func next() async -> [Timetable.Due]? { await self.stream.first { _ in true } }
    }

    static func with(
        at now: Date,
        _ body: (SchedulerService, ManualClock, Handed) async throws -> Void
    ) async throws {
        let (clock, handed) = (ManualClock(now: now), Handed())
        let scheduler = SchedulerService(clock: clock) { handed.take($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await scheduler.run() }
            try await body(scheduler, clock, handed)
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
    }

    @Test func `hands instances over when their times come`() async throws {
        let (key, times) = TimetableTests.times("nightly")
        try await Self.with(at: Self.night - 400) { scheduler, clock, handed in
            scheduler.replace(with: [key: times])
            #expect(await handed.next()?.map(\.instance) == [key])
            await clock.sleepers(1)
            #expect(scheduler.nextAt == Self.night)
            // It sleeps five minutes, then the rest.
            clock.advance(by: .seconds(300))
            await clock.sleepers(1)
            clock.advance(by: .seconds(100))
            #expect(await handed.next() == [.init(instance: key, at: Self.night)])
            await clock.sleepers(1)
            #expect(scheduler.nextAt == Self.night + 86_400)
        }
    }

    @Test func `takes other schedules at once`() async throws {
        let (key, times) = TimetableTests.times("nightly")
        let (other, otherTimes) = TimetableTests.times("other")
        try await Self.with(at: Self.night - 7200) { scheduler, _, handed in
            scheduler.replace(with: [key: times])
            _ = await handed.next()
            scheduler.replace(with: [other: otherTimes])
            #expect(await handed.next()?.map(\.instance) == [other])
            #expect(scheduler.count == 1)
        }
    }

    @Test func `notices a clock that was set within five minutes`() async throws {
        let (key, times) = TimetableTests.times("nightly")
        try await Self.with(at: Self.night - 86_000) { scheduler, clock, handed in
            scheduler.replace(with: [key: times])
            _ = await handed.next()
            await clock.sleepers(1)
            clock.set(Self.night + 5)
            clock.advance(by: .seconds(300))
            #expect(await handed.next()?.map(\.at) == [Self.night])
        }
    }

    @Test func `says how long ago it looked`() async throws {
        try await Self.with(at: Self.night) { scheduler, clock, _ in
            await clock.sleepers(1)
            #expect(scheduler.tickAge == .zero)
            clock.advance(by: .seconds(200))
            #expect(scheduler.tickAge == .seconds(200))
            clock.advance(by: .seconds(100))
            await clock.sleepers(1)
            #expect(scheduler.tickAge == .zero)
            #expect(scheduler.ticks >= 2)
        }
    }

    @Test func `looks at an instance again after a while`() async throws {
        let (key, times) = TimetableTests.times("nightly")
        try await Self.with(at: Self.night + 60) { scheduler, clock, handed in
            scheduler.replace(with: [key: times])
            _ = await handed.next()
            scheduler.lookAgain(at: key, after: .seconds(120))
            await clock.sleepers(1)
            while clock.uptime < .seconds(120) {
                clock.advance(by: .seconds(60))
                await clock.sleepers(1)
            }
            #expect(await handed.next()?.map(\.instance) == [key])
        }
    }
}
