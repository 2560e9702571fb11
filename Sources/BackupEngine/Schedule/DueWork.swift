package import BackupDomain
import FoundationEssentials

/// Does what is due of one instance, from the decision to the last outcome.
package struct DueWork: Sendable {
    private let instance: ScheduledInstance
    private let board: ScheduleBoard
    private let backups: DueBackups
    private let zones: any TimeZoneDatabase
    private let clock: any WallClock
    private let notify: @Sendable (DueNotice) async -> Void

    /// Creates the work on an instance.
    ///
    /// - Parameters:
    ///   - instance: The instance with its schedule.
    ///   - board: Where the schedule's history is.
    ///   - backups: Makes the backups.
    ///   - zones: What knows the zone of a schedule that the instance had before.
    ///   - clock: The time.
    ///   - notify: Told of everything that a person may want to see.
    package init(
        _ instance: ScheduledInstance,
        board: ScheduleBoard,
        backups: DueBackups,
        zones: any TimeZoneDatabase,
        clock: any WallClock,
        notify: @escaping @Sendable (DueNotice) async -> Void
    ) {
        self.instance = instance
        self.board = board
        self.backups = backups
        self.zones = zones
        self.clock = clock
        self.notify = notify
    }

    /// Decides what is due, and makes the backups that were ordered, also those that another process left behind.
    ///
    /// - Parameter begins: Called before the first backup.
    /// - Throws: ``BackupDomain/BackupError`` where the catalog cannot be read or written.
    package func perform(begins: () -> Void = {}) async throws {
        var open = try await self.decide(isUnderWay: false)
        if !open.isEmpty { begins() }
        while let time = open.first {
            let due = time + self.instance.schedule.delay(of: self.instance.id, at: time).timeInterval
            let late = Duration.seconds(max(0, self.clock.now.timeIntervalSince(due)))
            await self.notify(.begins(time, late: late))
            let outcome = try await self.backups.make(time)
            await self.notify(.ended(time, outcome))
            if outcome.isUnfinished { return }
            // What came due meanwhile and waits for its turn is among them.
            open = try await self.board.history(of: InstanceKey(self.instance.id))?.open.filter { $0 != time } ?? []
        }
    }

    /// Decides what is due while a run of the instance is under way.
    ///
    /// - Throws: ``BackupDomain/BackupError`` where the catalog cannot be read or written.
    package func look() async throws { _ = try await self.decide(isUnderWay: true) }

    private func decide(isUnderWay: Bool) async throws -> [Date] {
        let (plan, history) = try await self.board.decide(
            self.instance,
            zones: self.zones,
            isUnderWay: isUnderWay,
            at: self.clock.now
        )
        let leftOut = plan.entries.filter { $0.outcome != .run }
        if !leftOut.isEmpty { await self.notify(.leftOut(leftOut)) }
        return history.open
    }
}
