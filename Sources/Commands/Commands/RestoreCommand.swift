import ArgumentParser
import BackupDomain
import BackupEngine
import FoundationEssentials
import Settings

/// `apim-backup restore`: brings a backup back, by a plan that a person confirms.
struct RestoreCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Restore a backup into an instance, by a plan that is shown and confirmed first.",
        discussion: """
            Everything that the target holds is overwritten. The plan says which backup goes where, what that does, what a \
            backup does not hold, and what forbids it; nothing happens until the target's name has been typed, or given with \
            --confirm. The target is backed up first. A restore that was left behind is followed instead of planning anew.
            """
    )

    @Option(help: "The backup's name, or latest: the newest verified one.")
    var backup = "latest"

    @Option(help: "The newest verified backup that was made by this instant, such as 2026-12-01T06:00:00Z.")
    var at: String?

    @Option(
        help: "The instance that it is a backup of. (default: the one that --backup is of, else the target)",
        transform: GivenName.read
    )
    var from: String?

    @Option(help: "The instance that it goes into: a name, or a full resource id.", transform: GivenName.read)
    var to: String

    @Flag(help: "The target may be the instance that the backup comes from.")
    var inPlace = false

    @Flag(help: "A backup will do that nothing has proven.")
    var unverified = false

    @Flag(help: "Do not back up the target first.")
    var noSafetyBackup = false

    @Option(help: ArgumentHelp("The target's name, for scripts: confirms the plan unseen.", valueName: "name"))
    var confirm: String?

    @Flag(help: "Print the plan and change nothing.")
    var dryRun = false

    @OptionGroup var storage: StorageOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "The resource group of a target that is given by name, to narrow the search.")
    var resourceGroup: String?

    @Option(help: "The api-version of API Management's calls. (default: \(ProgramSettings().apiVersion))")
    var apiVersion: String?

    @Option(help: "How long to follow an accepted restore: a number with s, m, h or d. (default: 12h)")
    var timeout: String?

    @Option(help: "How long to wait for another operation that holds the target. (default: 0s)")
    var waitBusy: String?

    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if self.at != nil, self.backup != "latest" { throw ValidationError("--at and --backup exclude each other.") }
        if let at = self.at, Date(iso8601: at) == nil {
            throw ValidationError(
                "--at: '\(at)' is no instant with a time zone; it looks like 2026-12-01T06:00:00Z."
            )
        }
        if self.dryRun, self.confirm != nil { throw ValidationError("--dry-run and --confirm exclude each other.") }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let flags =
            self.storage.flags + self.access.flags + [
                SettingFlag("apiVersion", "--api-version", self.apiVersion),
                SettingFlag("timeout", "--timeout", self.timeout),
                SettingFlag("waitBusy", "--wait-busy", self.waitBusy),
            ]
        do {
            let settings = try context.resolveSettings(self.azure, flags).checked()
            return try await AzureConnection.with(
                settings,
                records: self.records.records,
                rules: .unattended,
                context: context
            ) { connection in
                let work = RestoreWork(
                    run: InstanceRun(connection: connection, context: context),
                    request: self.request(settings)
                )
                return try await self.perform(work)
            }
        } catch {
            let error = InstanceEnd.reported(error, context.interruption)
            switch self.output.format {
            case .json: context.terminal.printJSON(RestoreSummary(instance: self.to, error: error))
            case .table: ErrorPrinter(terminal: context.terminal).print(error)
            }
            return error.restoringStatus
        }
    }

    private func request(_ settings: ProgramSettings) -> RestoreRequest {
        var wishes = RestoreWishes()
        wishes.isInPlace = self.inPlace
        wishes.allowsUnverified = self.unverified
        wishes.wantsSafetyBackup = !self.noSafetyBackup
        wishes.waitsForBusy = settings.backup.waitBusy > .zero
        let selector: RestoreSelector =
            if let date = self.at.flatMap({ Date(iso8601: $0) }) {
                .at(date)
            } else {
                self.backup == "latest" ? .latest : .named(self.backup)
            }
        return RestoreRequest(
            selector: selector,
            source: self.from,
            target: self.to,
            resourceGroup: self.resourceGroup,
            wishes: wishes
        )
    }

    private func perform(_ work: RestoreWork) async throws -> ExitStatus {
        let (context, stop) = (work.run.context, work.run.context.stop)
        let target = try await stop.cancelling { try await work.target() }
        if let open = try await stop.cancelling({ try await work.openRestore(of: target) }) {
            context.terminal.note(
                "A restore of \(open.instance.name) from '\(open.restore?.backup.name ?? "-")' has no end on record yet (run "
                    + "\(open.run))\(self.dryRun ? "." : "; following it.")"
            )
            if !self.dryRun {
                let report = try await work.follow(target, self.watcher(work))
                guard report.ending == .ended, await !work.isWanted(report.record, in: target) else {
                    return await self.conclude(report, work, target)
                }
                throw RestoreWork.overtaken(by: report.record, wanted: "what was asked for")
            }
        }
        let prepared = try await stop.cancelling { try await work.prepare(target) }
        // While Azure still keeps the source, bringing that back is the better way.
        let source = [prepared.plan.source.instance?.id].compactMap(\.self)
        let deleted = await work.run.connection.deletedInstances(among: source)
        for line in deleted.flatMap(\.lines) { context.terminal.note(line) }
        self.show(prepared.plan, context.terminal)
        if let refusal = prepared.plan.refusals.first {
            if self.output.format == .json, !self.dryRun {
                context.terminal.printJSON(RestoreSummary(instance: target.id.name, error: refusal))
            }
            return refusal.restoringStatus
        }
        if self.dryRun { return .success }
        let name = try await self.confirmed(target.id.name, context)
        var safetyBackup: RunID?
        if prepared.plan.makesSafetyBackup {
            safetyBackup = try await work.backUpFirst(prepared) { _ in self.watcher(work) }
        }
        let report = try await work.restore(
            prepared,
            confirmedAs: name,
            safetyBackup: safetyBackup,
            self.watcher(work, usual: prepared.plan.usualDuration)
        )
        return await self.conclude(report, work, target)
    }

    private func show(_ plan: RestorePlan, _ terminal: Terminal) {
        switch self.output.format {
        case .json where self.dryRun: terminal.printDocument(RestorePlanDocument(plan))
        case .json: terminal.printJSON(RestorePlanDocument(plan))
        case .table where self.output.quiet:
            for refusal in plan.refusals { ErrorPrinter(terminal: terminal).print(refusal) }
        case .table: RestorePrinter(terminal: terminal).print(plan)
        }
    }

    /// Has the plan confirmed.
    ///
    /// - Returns: What was typed.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it was not confirmed.
    private func confirmed(_ name: String, _ context: CommandContext) async throws -> String {
        let typed: String
        if let confirm = self.confirm {
            typed = confirm
        } else if let ask = context.ask {
            typed = await ask("Type the name of the instance that is overwritten, \(name), to restore: ")
        } else {
            throw BackupError(
                .invalidInput,
                "Nobody can be asked here, since standard input is no terminal; nothing was changed.",
                remedy: "Look at the plan, and give --confirm \(name)."
            )
        }
        guard typed.lowercased() == name.lowercased() else {
            throw BackupError(
                .invalidInput,
                "'\(typed)' is not the name of the instance that would be overwritten, \(name); nothing was changed."
            )
        }
        return typed
    }

    private func conclude(_ report: RunReport, _ work: RestoreWork, _ target: RestoreWork.Target) async -> ExitStatus {
        let context = work.run.context
        let end = await RestoreAftermath(connection: work.run.connection, opened: target.opened).end(report)
        RestorePrinter(terminal: context.terminal, followUp: FollowUp(context.arguments)).print(end, as: self.output)
        return end.exitStatus
    }

    private func watcher(_ work: RestoreWork, usual: Duration? = nil) -> RunWatcher {
        RestoreWatch.watcher(work, self.output, usual: usual, isSilent: false)
    }
}
