import BackupDomain
import BackupEngine
import Observability
import Settings

extension RunCommand {
    /// Tells people how the backups of instances stand, once their runs have ended, and writes the metrics down.
    func conclude(_ wanted: [FleetRun.Wanted], _ ends: [InstanceEnd], _ run: InstanceRun) async {
        let watchlist = Watchlist(
            wanted,
            found: ends.map { $0.report?.record.instance.id },
            errors: ends.map { $0.report == nil ? $0.error : nil }
        )
        await self.conclude(watchlist, run)
    }

    /// Tells people what is wrong with the instances that were worked on, and what is well again, where channels are named;
    /// and writes the metrics of all instances into the file that the settings name.
    ///
    /// Whatever comes of it changes nothing of the result: the backups are made.
    ///
    /// - Parameters:
    ///   - watchlist: The instances.
    ///   - run: What backed them up.
    ///   - log: Takes the lines; nil where a person watches.
    func conclude(_ watchlist: Watchlist, _ run: InstanceRun, _ log: EventLog? = nil) async {
        let (context, settings) = (run.context, run.connection.settings)
        let isWhole = self.all || settings.instances.isEmpty
        let textfile = isWhole ? settings.metrics.textfile.map(MetricsTextfile.init(path:)) : nil
        let hasChannels = !settings.notifications.channels.isEmpty
        // Who asks to stop does not want to wait for a chat; the next run tells.
        guard hasChannels || textfile != nil, !context.stop.isRaised else { return }
        do {
            try await context.stop.cancelling {
                let look = InstanceLook(connection: run.connection, zones: context.zones)
                var ledger = await look.ledger()
                let observation = try await look.observe(watchlist, ledger)
                if hasChannels {
                    let desk = IncidentDesk(run.connection, context: context)
                    let report = try await desk.report(observation, on: watchlist, isFinal: true, isWhole: isWhole)
                    ledger = report.ledger
                    IncidentReportPrinter(terminal: context.terminal).print(report)
                    log?.note(report)
                }
                guard let textfile else { return }
                let reading = WatchedCatalogs().reading(
                    observation,
                    of: watchlist,
                    ledger,
                    channels: settings.notifications.receivers,
                    at: run.connection.clock.uptime
                )
                let page = MetricsPage(
                    process: ProcessMetrics(),
                    version: ApimBackup.version,
                    clock: run.connection.clock,
                    gauges: { [] },
                    read: { _ in reading }
                )
                try textfile.write(try await page.text())
            }
        } catch {
            let error = InstanceEnd.reported(error, context.interruption)
            log?.incidentsUntold(error)
            let remedy = error.remedy.map { " \($0)" } ?? ""
            context.terminal.note("warning: How the backups stand could not be told to all: \(error.message)\(remedy)")
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
    init(_ wanted: [FleetRun.Wanted], found: [ResourceID?], errors: [BackupError?]) {
        self.init()
        for (wanted, (id, error)) in zip(wanted, zip(found, errors)) {
            // Settings that cannot be used say nothing of where its records would be.
            guard let instance = try? wanted.settings.get() else { continue }
            self.add(instance, id: id, error)
        }
    }
}
