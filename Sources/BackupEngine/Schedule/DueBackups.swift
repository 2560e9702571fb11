package import BackupDomain
package import FoundationEssentials

/// Makes the backups of one instance that its schedule has ordered, one after the other, so that each time comes to one outcome.
///
/// Any process may die at any point: a time whose run was ordered stays open in the history until its outcome is known, and
/// whoever looks next takes it up. Several processes that do the same time make one run, by its id and the instance's lock.
package struct DueBackups: Sendable {
    /// How often a run of the instance that is in the way is waited for, where times queue.
    private static let patience = 3

    private let instance: ScheduledInstance
    private let order: BackupOrder
    private let board: ScheduleBoard
    private let catalog: any Catalog
    private let clock: any WallClock
    private let stop: StopSignal
    private let backUp: @Sendable (BackupOrder) async throws -> RunReport

    /// Creates the backups of an instance.
    ///
    /// - Parameters:
    ///   - instance: The instance with its schedule.
    ///   - order: How its backups are made; each time takes the place of the order's own.
    ///   - board: Where the schedule's history is.
    ///   - catalog: Where the records of runs are.
    ///   - clock: The time.
    ///   - stop: Ends waits early when raised.
    ///   - backUp: Makes one backup.
    package init(
        _ instance: ScheduledInstance,
        order: BackupOrder,
        board: ScheduleBoard,
        catalog: any Catalog,
        clock: any WallClock,
        stop: StopSignal,
        backUp: @escaping @Sendable (BackupOrder) async throws -> RunReport
    ) {
        self.instance = instance
        self.order = order
        self.board = board
        self.catalog = catalog
        self.clock = clock
        self.stop = stop
        self.backUp = backUp
    }

    /// Makes the backup of one time that was ordered.
    ///
    /// - Parameter time: The nominal time; open in the schedule's history.
    /// - Returns: What became of it.
    /// - Throws: ``BackupDomain/BackupError`` where the catalog cannot be read or written: the time stays open.
    package func make(_ time: Date) async throws -> DueOutcome {
        var (failures, foreignRuns) = (0, 0)
        while true {
            if let settled = try await self.settled(time) { return settled }
            if self.stop.isRaised { return .left }
            do {
                let report = try await self.backUp(self.order(for: time))
                if report.record.run == self.run(time) { return try await self.ran(report, time) }
                if report.ending == .interrupted { return .left }
                foreignRuns += 1
                let isOver = self.instance.schedule.overlap == .skip || foreignRuns >= Self.patience
                if isOver, try await self.record(of: time) == nil {
                    return try await self.skip(
                        time,
                        ScheduleReason(.underWay, "The run \(report.record.run) of the instance was under way.")
                    )
                }
            } catch let error as BackupError where error.code == .interrupted {
                return .left
            } catch let error as BackupError where error.code == .recordExists {
                // Another process began this run in the meantime: the next look tells how it stands.
                failures += 1
                guard failures < Self.patience else { throw error }
            } catch let error as BackupError {
                failures += 1
                guard let pause = BeginRules.pause(after: error.code, failures: failures) else {
                    return try await self.fail(time, error)
                }
                guard try await self.stop.pause(pause, on: self.clock) else { return .left }
            }
        }
    }

    private func run(_ time: Date) -> RunID { RunID(instance: self.instance.id, nominalAt: time) }

    private func record(of time: Date) async throws -> RunRecord? {
        try await self.catalog.record(self.run(time), of: InstanceKey(self.instance.id))?.record
    }

    private func order(for time: Date) -> BackupOrder {
        var order = self.order
        order.nominalAt = time
        order.ownRun = nil
        order.trigger = .schedule
        order.goesOnUnposted = !self.isTooLate(time)
        return order
    }

    private func ran(_ report: RunReport, _ time: Date) async throws -> DueOutcome {
        if report.ending == .ended { try await self.board.close(time, of: self.instance.id) }
        return .ran(report)
    }

    /// What became of a time that another process has seen to, or that has become too old.
    private func settled(_ time: Date) async throws -> DueOutcome? {
        if let record = try await self.record(of: time) {
            guard record.state == .ended else { return nil }
            try await self.board.close(time, of: self.instance.id)
            return .ranElsewhere(record)
        }
        guard self.isTooLate(time) else { return nil }
        let window = self.instance.schedule.catchUpWindow.formattedBriefly
        return try await self.leaveOut(
            time,
            .missed,
            ScheduleReason(.tooLate, "Its run was ordered and never begun within \(window).")
        )
    }

    private func isTooLate(_ time: Date) -> Bool {
        time + self.instance.schedule.catchUpWindow.timeInterval < self.clock.now
    }

    private func skip(_ time: Date, _ reason: ScheduleReason) async throws -> DueOutcome {
        try await self.leaveOut(time, .skipped, reason)
    }

    private func leaveOut(
        _ time: Date,
        _ outcome: ScheduleEntry.Outcome,
        _ reason: ScheduleReason
    ) async throws -> DueOutcome {
        let entry = self.entry(time, outcome, reason)
        try await self.board.close(time, of: self.instance.id, as: entry)
        return .skipped(entry)
    }

    private func fail(_ time: Date, _ error: BackupError) async throws -> DueOutcome {
        let entry = self.entry(time, .failed, ScheduleReason(.notBegun, error.description))
        try await self.board.close(time, of: self.instance.id, as: entry)
        return .failed(entry, error)
    }

    private func entry(_ time: Date, _ outcome: ScheduleEntry.Outcome, _ reason: ScheduleReason) -> ScheduleEntry {
        ScheduleEntry(
            from: time,
            until: time,
            count: 1,
            outcome: outcome,
            reason: reason,
            decidedAt: self.clock.now.wholeSeconds
        )
    }
}
