package import BackupDomain
package import FoundationEssentials
import Synchronization

/// Hands instances over when their times come, and sleeps in between.
///
/// Wakes at the next due time, when the schedules change, and every five minutes: nothing polls. Ends when its task is
/// cancelled.
package final class SchedulerService: Sendable {
    private struct State {
        var timetable = Timetable()
        var tickedAt: Duration?
        var ticks = 0
    }

    private let clock: any WallClock
    private let looked: @Sendable () -> Void
    private let handOver: @Sendable ([Timetable.Due]) -> Void
    private let state = Mutex(State())
    private let bell = Bell()

    /// Creates a scheduler without schedules.
    ///
    /// - Parameters:
    ///   - clock: The time.
    ///   - looked: Told of each look, for work that may wait for the next one; returns at once.
    ///   - handOver: Takes what is due; returns at once.
    package init(
        clock: any WallClock,
        looked: @escaping @Sendable () -> Void = {},
        handOver: @escaping @Sendable ([Timetable.Due]) -> Void
    ) {
        self.clock = clock
        self.looked = looked
        self.handOver = handOver
    }

    /// Takes other schedules in place of those that it has; all instances are handed over at once.
    ///
    /// - Parameter times: The due times by the instance's key.
    package func replace(with times: [InstanceKey: DueTimes]) {
        self.state.withLock { $0.timetable.replace(with: times, at: self.clock.now) }
        self.bell.ring()
    }

    /// Takes further instances; they are handed over at once.
    ///
    /// - Parameter times: The due times by the instance's key.
    package func add(_ times: [InstanceKey: DueTimes]) {
        self.state.withLock { $0.timetable.add(times, at: self.clock.now) }
        self.bell.ring()
    }

    /// Hands an instance over once more.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - pause: How long from now.
    package func lookAgain(at instance: InstanceKey, after pause: Duration) {
        self.state.withLock { $0.timetable.lookAgain(at: instance, from: self.clock.now + pause.timeInterval) }
        self.bell.ring()
    }

    /// How long ago the scheduler last looked what is due; nil before the first time.
    package var tickAge: Duration? {
        self.state.withLock(\.tickedAt).map { self.clock.uptime - $0 }
    }

    /// How often it has looked.
    package var ticks: Int { self.state.withLock(\.ticks) }

    /// How many instances have a schedule.
    package var count: Int { self.state.withLock(\.timetable.count) }

    /// When the next instance is due; nil where none is.
    package var nextAt: Date? { self.state.withLock(\.timetable.nextAt) }

    /// Works until its task is cancelled.
    ///
    /// - Throws: `CancellationError`
    package func run() async throws {
        while true {
            try Task.checkCancellation()
            let (due, pause) = self.state.withLock { state in
                state.tickedAt = self.clock.uptime
                state.ticks += 1
                let now = self.clock.now
                return (state.timetable.take(at: now), state.timetable.sleep(at: now))
            }
            if !due.isEmpty { self.handOver(due) }
            self.looked()
            try await self.sleep(for: pause)
        }
    }

    /// Sleeps until the time is over or the bell rings.
    private func sleep(for pause: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.clock.sleep(for: pause) }
            group.addTask { await self.bell.wait() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
