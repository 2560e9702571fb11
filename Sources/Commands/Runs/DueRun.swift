import BackupDomain
import BackupEngine
import Settings

/// What one instance's schedule has due, from its settings to the work.
struct DueRun: Sendable {
    /// What backs up an instance.
    let run: InstanceRun
    /// The zones of this machine.
    let zones: any TimeZoneDatabase

    /// An instance whose schedule can be looked after.
    struct Prepared: Sendable {
        /// The instance with its schedule.
        var instance: ScheduledInstance
        /// What is due of it, and makes it.
        var work: DueWork
        /// Follows a run that nobody saw to its end, whoever began it, unless somebody is at work on it.
        var followLeft: @Sendable () async throws -> Void
        /// The containers that its backups go to.
        var opened: OpenedStorage
    }

    /// Finds an instance, its zone and its containers.
    ///
    /// - Parameters:
    ///   - settings: The instance, with what holds for it.
    ///   - watch: Makes what watches each run, given the containers that it goes to.
    ///   - notify: Told of everything that a person may want to see.
    /// - Returns: The instance with the work that its schedule has due.
    /// - Throws: ``BackupDomain/BackupError`` where it cannot be looked after, `CancellationError` where somebody asked to
    ///   stop.
    func prepare(
        _ settings: InstanceSettings,
        _ watch: @escaping @Sendable (OpenedStorage) -> any RunObserver,
        notify: @escaping @Sendable (ScheduledInstance, DueNotice) async -> Void
    ) async throws -> Prepared {
        let schedule = settings.backup.schedule.schedule
        let zone = try self.zones.rules(named: schedule.timeZone)
        let prepared = try await self.run.prepare(settings, watch)
        let instance = ScheduledInstance(id: prepared.order.instance, schedule: schedule, zone: zone)
        let board = prepared.opened.board
        let work = DueWork(
            instance,
            board: board,
            backups: DueBackups(
                instance,
                order: prepared.order,
                board: board,
                catalog: prepared.opened.catalog,
                clock: self.run.connection.clock,
                stop: self.run.context.stop,
                backUp: { try await prepared.backUp($0) }
            ),
            zones: self.zones,
            clock: self.run.connection.clock,
            notify: { await notify(instance, $0) }
        )
        let followLeft: @Sendable () async throws -> Void = {
            let report = try await InstanceRun.watched(by: prepared.observer) {
                try await prepared.runner.resumeLeft(prepared.order)
            }
            if let report { await notify(instance, .resumed(report)) }
        }
        return Prepared(instance: instance, work: work, followLeft: followLeft, opened: prepared.opened)
    }
}
