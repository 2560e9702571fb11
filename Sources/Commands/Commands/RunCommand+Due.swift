import BackupDomain
import BackupEngine
import Foundation
import Settings
import Synchronization

extension RunCommand {
    /// Makes the backups that schedules have due, and exits.
    ///
    /// - Parameters:
    ///   - wanted: The instances, each with what holds for it.
    ///   - run: What backs them up.
    ///   - log: Takes the lines, whether they are shown or not.
    /// - Returns: The exit code: of the runs that were made, 0 where none was due.
    /// - Throws: ``BackupDomain/BackupError`` where one instance is wanted and cannot be looked after.
    func makeDue(_ wanted: [FleetRun.Wanted], _ run: InstanceRun, _ log: EventLog) async throws -> ExitStatus {
        let signs = DueSigns(log: log, pulse: run.pulse(log))
        return try await signs.pulse.around { try await self.makeDue(wanted, run, signs) }
    }

    private func makeDue(_ wanted: [FleetRun.Wanted], _ run: InstanceRun, _ signs: DueSigns) async throws -> ExitStatus
    {
        guard self.isFleet else {
            do {
                let due = try await self.makeDue(wanted[0], run, signs, self.watch(run)) { self.show($0, run) }
                await self.conclude(wanted, [due], run, signs.log)
                return due.status
            } catch let error as BackupError {
                signs.fail(error, wanted[0].reference)
                await self.conclude(wanted, [DueEnd(trouble: error)], run, signs.log)
                throw error
            }
        }
        let (connection, context) = (run.connection, run.context)
        let printer = FleetPrinter(terminal: context.terminal, output: self.output)
        let watch: @Sendable (OpenedStorage) -> any RunObserver = { _ in
            RunWatcher(
                mode: self.mode(drawsLive: false),
                terminal: context.terminal,
                clock: connection.clock,
                interruption: context.interruption
            ) { _ in nil }
        }
        let began = connection.clock.now
        let dues = try await wanted.map(width: connection.settings.width) { wanted -> DueEnd in
            do {
                // Once somebody asks to stop, none is begun any more.
                if context.stop.isRaised { throw CancellationError() }
                return try await self.makeDue(wanted, run, signs, watch) {
                    printer.printEnd($0, at: connection.clock.now)
                }
            } catch {
                let error = InstanceEnd.reported(error, context.interruption)
                let end = InstanceEnd(instance: wanted.reference, error: error)
                printer.printEnd(end, at: connection.clock.now)
                signs.fail(error, wanted.reference)
                return DueEnd(trouble: error, ends: [end], statuses: [end.exitStatus])
            }
        }
        let status = ExitStatus.common(dues.flatMap(\.statuses))
        printer.printDueTotal(dues, from: began, to: connection.clock.now, status)
        await self.conclude(wanted, dues, run, signs.log)
        return status
    }

    /// Makes what is due of one instance.
    private func makeDue(
        _ wanted: FleetRun.Wanted,
        _ run: InstanceRun,
        _ signs: DueSigns,
        _ watch: @escaping @Sendable (OpenedStorage) -> any RunObserver,
        show: @escaping @Sendable (InstanceEnd) -> Void
    ) async throws -> DueEnd {
        let (connection, context) = (run.connection, run.context)
        let due = Mutex(DueEnd())
        let (terminal, format, isQuiet) = (context.terminal, self.output.format, self.output.quiet)
        let prepared = try await DueRun(run: run, zones: context.zones).prepare(try wanted.settings.get()) { opened in
            RunObservers([watch(opened), LoggedRun(log: signs.log, interruption: context.interruption)])
        } notify: { instance, notice in
            DuePrinter(terminal: terminal, format: format, isQuiet: isQuiet, instance: instance).print(notice)
            signs.note(notice, of: instance.id)
            if let report = notice.report {
                let end = InstanceEnd(report)
                due.withLock { $0.ends.append(end) }
                show(end)
                if case .resumed = notice { due.withLock { $0.statuses.append(self.status(of: end)) } }
            }
            guard case .ended(_, let outcome) = notice else { return }
            if case .failed(_, let error) = outcome {
                due.withLock { $0.ends.append(InstanceEnd(instance: instance.id.name, error: error)) }
            }
            if let status = self.status(of: outcome) { due.withLock { $0.statuses.append(status) } }
        }
        try await context.stop.heeding {
            try await prepared.work.perform()
            // Otherwise what somebody began by hand waits for the next time of the schedule.
            if !context.stop.isRaised { try await prepared.followLeft() }
        }
        if let status = try await self.makeDueDrill(try wanted.settings.get(), run, signs) {
            due.withLock { $0.statuses.append(status) }
        }
        return due.withLock { due in
            let instance = prepared.instance
            due.instance = instance.id
            due.nextAt = DueTimes(instance.schedule, zone: instance.zone, instance: instance.id).dueNext(
                after: connection.clock.now
            )
            DuePrinter(terminal: terminal, format: format, isQuiet: isQuiet || self.isFleet, instance: instance)
                .printEnd(due)
            return due
        }
    }

    /// Tries the newest backup of an instance on its scratch instance, where its settings have that due.
    ///
    /// - Returns: The exit code; nil where none was due.
    private func makeDueDrill(
        _ instance: InstanceSettings,
        _ run: InstanceRun,
        _ signs: DueSigns
    ) async throws -> ExitStatus? {
        // Once somebody asks to stop, none is begun any more.
        if run.context.stop.isRaised { return nil }
        let turn = DrillTurn(run: run, zones: run.context.zones, instance: instance) {
            LoggedRun(log: signs.log, interruption: run.context.interruption)
        }
        let result = try await turn.perform { signs.log.drillBegins($0, of: instance.instanceName) }
        guard let result else { return nil }
        signs.log.drillEnded(result)
        DrillPrinter(terminal: run.context.terminal, output: self.output, isOneOfMany: true).print(result)
        return result.drill.isPassed ? .success : result.error?.exitStatus ?? .failed
    }

    private func conclude(
        _ wanted: [FleetRun.Wanted],
        _ dues: [DueEnd],
        _ run: InstanceRun,
        _ log: EventLog
    ) async {
        let watchlist = Watchlist(
            wanted,
            found: dues.map(\.instance),
            errors: dues.map(\.trouble)
        )
        await self.checkUp(watchlist, run, log)
        await self.conclude(watchlist, run, log)
    }

    /// Lets the doctor look at the instances, where that is due; whatever comes of it changes nothing of the result.
    private func checkUp(_ watchlist: Watchlist, _ run: InstanceRun, _ log: EventLog) async {
        let (connection, context) = (run.connection, run.context)
        guard !context.stop.isRaised, let checkup = DailyCheckup(connection, context: context, log: log) else { return }
        let ends = try? await context.stop.cancelling {
            try await watchlist.members.map(width: connection.settings.width) { member in
                (member.id.name, try await checkup.look(at: member))
            }
        }
        // Where somebody asked to stop, the next job looks.
        guard !log.isShown else { return }
        for (name, end) in ends ?? [] {
            for change in end.changes where change.result.isWorse {
                let remedy = change.result.remedy.map { " \($0)" } ?? ""
                context.terminal.note("warning: The doctor, of \(name): \(change.result.text)\(remedy)")
            }
        }
    }

    private func status(of outcome: DueOutcome) -> ExitStatus? {
        switch outcome {
        case .ran(let report): self.status(of: InstanceEnd(report))
        case .ranElsewhere(let record): record.outcome?.exitCode ?? .success
        case .failed(_, let error): error.exitStatus
        case .left: .interrupted
        case .skipped: nil
        }
    }
}
