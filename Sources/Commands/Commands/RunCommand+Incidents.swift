import BackupDomain
import BackupEngine
import Settings

extension RunCommand {
    /// Tells people how the backups of instances stand, once their runs have ended.
    func tell(of wanted: [FleetRun.Wanted], _ ends: [InstanceEnd], _ run: InstanceRun) async {
        let watchlist = Watchlist(
            wanted,
            found: ends.map { $0.report?.record.instance.id },
            errors: ends.map { $0.report == nil ? $0.error : nil },
            of: run.connection.settings
        )
        await self.tell(of: watchlist, run)
    }

    /// Tells people what is wrong with the instances that were worked on, and what is well again; where channels are named.
    ///
    /// Whatever comes of it changes nothing of the result: the backups are made.
    ///
    /// - Parameters:
    ///   - watchlist: The instances.
    ///   - run: What backed them up.
    func tell(of watchlist: Watchlist, _ run: InstanceRun) async {
        let context = run.context
        // Who asks to stop does not want to wait for a chat; the next run tells.
        guard !run.connection.settings.notifications.channels.isEmpty, !context.stop.isRaised else { return }
        do {
            let report = try await context.stop.cancelling {
                let desk = try await IncidentDesk(run.connection, context: context)
                return try await desk.report(
                    try await desk.observe(watchlist),
                    on: watchlist,
                    isFinal: true,
                    isWhole: self.all
                )
            }
            IncidentReportPrinter(terminal: context.terminal).print(report)
        } catch {
            let error = InstanceEnd.reported(error, context.interruption)
            context.terminal.note("warning: Nobody was told how the backups stand: \(error.message)")
        }
    }
}

extension Watchlist {
    /// The instances that a command worked on.
    ///
    /// - Parameters:
    ///   - wanted: The instances, each with what holds for it.
    ///   - found: The resource ids, as far as they are known, in the same order.
    ///   - errors: Why no run could begin, in the same order.
    ///   - settings: The settings.
    init(_ wanted: [FleetRun.Wanted], found: [ResourceID?], errors: [BackupError?], of settings: ProgramSettings) {
        self.init()
        for (wanted, (id, error)) in zip(wanted, zip(found, errors)) {
            // Settings that cannot be used say nothing of where its records would be.
            guard let instance = try? wanted.settings.get() else { continue }
            self.add(instance, id: id, error, of: settings)
        }
    }
}
