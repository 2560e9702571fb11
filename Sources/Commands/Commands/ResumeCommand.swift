import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup resume`: follows what was left behind, and begins nothing.
struct ResumeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Follow runs that were left behind to their end, restores too; begins nothing.",
        discussion: """
            Works also for an instance that has been deleted since. 'run' does the same before it begins a new one. A name \
            that neither records nor settings know is refused.
            """
    )

    @Argument(
        help: "The instance's name; all instances that have an unfinished run by default.",
        transform: GivenName.read
    )
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions

    @Option(help: "How long to follow an accepted backup: a number with s, m, h or d. (default: 12h)")
    var timeout: String?

    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let timeout = SettingFlag("timeout", "--timeout", self.timeout)
        let settings = try context.resolveSettings(self.azure, self.storage.flags + [timeout]).checked()
        return try await AzureConnection.with(
            settings,
            records: self.records.records,
            rules: .unattended,
            context: context
        ) { connection in
            let name = self.instance.map { ResourceID($0)?.name ?? $0 }
            let (found, failures) = try await connection.inEach { opened in
                let now = connection.clock.now
                let open =
                    try await opened.listing.unfinishedRuns(of: name, at: now)
                    + opened.unfinishedRestores(of: name, at: now)
                var isKnown = name == nil || !open.isEmpty
                if let name, !isKnown { isKnown = try await opened.knows(name) }
                let runs = open.map { instance, runs in (instance: instance, runs: runs, storage: opened) }
                return (runs: runs, isKnown: isKnown, place: opened.catalogPlace)
            }
            if let given = self.instance, !found.contains(where: \.isKnown), failures.isEmpty,
                !settings.instances.contains(where: { $0.isNamed(given) })
            {
                throw BackupError.unrecorded(given, in: found.map(\.place))
            }
            // One of a newer version keeps the others of its instance waiting: it may be the older one.
            let refused = found.flatMap(\.runs).flatMap { open in
                open.runs.refused.map { $0.error(of: open.instance.instanceName) }
            }
            let unfinished = found.flatMap(\.runs).filter { !$0.runs.records.isEmpty && $0.runs.refused.isEmpty }
            let errors = failures + refused
            if unfinished.isEmpty, refused.isEmpty, self.output.format == .table, !self.output.quiet {
                context.terminal.note("No run of \(name ?? "any instance") is under way.")
            }
            let statuses = try await unfinished.map(width: settings.width) { open in
                var statuses: [ExitStatus] = []
                // Each call goes on with the oldest that is open.
                for run in open.runs.records {
                    statuses.append(await self.resume(run, in: open.storage, over: connection, context))
                }
                return statuses
            }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            return .common(statuses.flatMap(\.self) + errors.map(\.exitStatus))
        }
    }

    /// Follows one instance's run; its trouble is told, and does not keep the others from being followed.
    private func resume(
        _ run: RunRecord,
        in opened: OpenedStorage,
        over connection: AzureConnection,
        _ context: CommandContext
    ) async -> ExitStatus {
        let (id, work) = (run.instance.id, InstanceRun(connection: connection, context: context))
        let watcher = RunWatcher(
            mode: self.mode,
            terminal: context.terminal,
            clock: connection.clock,
            interruption: context.interruption
        ) { _ in nil }
        let end = await InstanceEnd.of(id.name, context.interruption) {
            let backup = connection.settings.backup(of: InstanceKey(id))
            return try await work.resume(id, backup, in: opened, kind: run.kind, watcher)
        }
        if run.kind == .restore, let report = end.report {
            let restoreEnd = await RestoreAftermath(connection: connection, opened: opened).end(report)
            RestorePrinter(terminal: context.terminal, followUp: FollowUp(context.arguments))
                .print(restoreEnd, as: self.output)
            return restoreEnd.exitStatus
        }
        RunEndPrinter(terminal: context.terminal, output: self.output, followUp: FollowUp(context.arguments)).print(
            end,
            at: connection.clock.now
        )
        return end.exitStatus
    }

    private var mode: RunWatcher.Mode {
        switch self.output.format {
        case .json: .json
        case .table where self.output.quiet: .quiet
        case .table: .lines(verbose: self.output.verbose)
        }
    }
}
