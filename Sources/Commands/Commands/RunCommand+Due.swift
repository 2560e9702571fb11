import BackupDomain
import BackupEngine
import Foundation
import Synchronization

extension RunCommand {
    /// Makes the backups that the schedule has due, and exits.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - context: What the program is given.
    /// - Returns: The exit code: of the runs that were made, 0 where none was due.
    /// - Throws: ``BackupDomain/BackupError``
    func makeDue(over connection: AzureConnection, _ context: CommandContext) async throws -> ExitStatus {
        let schedule = try self.schedule.schedule()
        let zone = try context.zones.rules(named: schedule.timeZone)
        let prepared = try await self.prepare(connection, context)
        let instance = ScheduledInstance(id: prepared.order.instance, schedule: schedule, zone: zone)
        let blobs = prepared.storage.blobs
        let board = ScheduleBoard(
            documents: CatalogDocuments(storage: blobs, container: self.storage.catalogContainer)
        )
        let statuses = Mutex<Set<ExitStatus>>([])
        let printer = DuePrinter(
            terminal: context.terminal,
            format: self.output.format,
            isQuiet: self.output.quiet,
            instance: instance
        )
        let work = DueWork(
            instance,
            board: board,
            backups: DueBackups(
                instance,
                order: prepared.order,
                board: board,
                catalog: BlobCatalog(storage: blobs, container: self.storage.catalogContainer),
                clock: connection.clock,
                stop: context.stop,
                backUp: { order in
                    try await Self.watched(by: prepared.watcher) { try await prepared.runner.run(order) }
                }
            ),
            zones: context.zones,
            clock: connection.clock,
            notify: { notice in
                printer.print(notice)
                guard case .ended(_, let outcome) = notice else { return }
                if case .ran(let report) = outcome { self.show(report, at: connection.clock.now, context.terminal) }
                if let status = self.status(of: outcome) { statuses.withLock { _ = $0.insert(status) } }
            }
        )
        try await context.stop.heeding { try await work.perform() }
        let found = statuses.withLock(\.self)
        let status = found.count > 1 ? ExitStatus.someFailed : found.first ?? .success
        printer.printEnd(after: connection.clock.now, ranAny: !found.isEmpty, status)
        return status
    }

    private func status(of outcome: DueOutcome) -> ExitStatus? {
        switch outcome {
        case .ran(let report): self.status(of: report)
        case .ranElsewhere(let record): record.outcome?.exitCode ?? .success
        case .failed(_, let error): error.exitStatus
        case .left: .interrupted
        case .skipped: nil
        }
    }
}
