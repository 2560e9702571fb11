import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup run`: backs up instances now.
struct RunCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Back up API Management instances now.",
        discussion: """
            Finds the instance, starts the backup, follows it to its end, looks whether the blob is there, and writes a \
            record of the run into the catalog container. A run that is under way already is followed instead. Several \
            instances are backed up at once; one's trouble stops no other.
            """
    )

    @Argument(help: "The instances: names, or full resource ids.", transform: GivenName.read)
    var instances: [String] = []

    @Flag(help: "All instances that the settings list.")
    var all = false

    @Option(help: "How many instances are worked on at once. (default: that of the settings, else 4)")
    var width: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "The resource group of an instance that is given by name, to narrow the search.")
    var resourceGroup: String?

    @Option(
        help: """
            The name of the backup; fields are {instance}, {time} and {date}. (default: \
            \(BackupNameTemplate.standard.text))
            """
    )
    var backupName: String?

    @Option(help: "The api-version of API Management's calls. (default: \(ProgramSettings().apiVersion))")
    var apiVersion: String?

    @Option(help: "How long to follow an accepted backup: a number with s, m, h or d. (default: 12h)")
    var timeout: String?

    @Option(help: "How long to wait for another operation that holds the instance. (default: 0s)")
    var waitBusy: String?

    @Flag(help: "Return once Azure has accepted; a later run follows it to its end.")
    var noWait = false

    @Flag(help: "Exit with 0 when Azure says done but the blob may not be read.")
    var allowUnverified = false

    @Flag(
        help:
            "Read what lies in the instance and make no backup, for tiers that have none; inventoryOnly in the settings."
    )
    var inventoryOnly = false

    @OptionGroup var records: RecordsOptions

    @Flag(help: "Back up only what schedules have due, then exit: for cron, timers and jobs of other systems.")
    var due = false

    @Flag(help: "Have what deploy set up in Azure make the backup, under its own identity, and follow it.")
    var remote = false

    @Option(help: "The resource group that the job was deployed into, with --remote. (default: that of the instance)")
    var deploymentGroup: String?

    @Option(
        help: """
            With --due: text or json, one line an event on standard error, in place of words for people. (default: that \
            of the settings)
            """
    )
    var logFormat: String?

    @OptionGroup(title: "Schedule, with --due") var schedule: ScheduleOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !self.due, let option = self.schedule.given.first {
            throw ValidationError("\(option) goes with --due only.")
        }
        if !self.due, self.logFormat != nil { throw ValidationError("--log-format goes with --due only.") }
        if self.inventoryOnly, self.due || self.remote || self.noWait {
            throw ValidationError(
                "--inventory-only excludes --due, --remote and --no-wait; say inventoryOnly in the settings for a schedule."
            )
        }
        if self.due, self.noWait { throw ValidationError("--no-wait and --due exclude each other.") }
        if self.remote { try self.validateRemote() }
        guard self.all == self.instances.isEmpty else {
            throw ValidationError(
                "Missing expected argument '<instances>': name an instance, or several, or give --all."
            )
        }
    }

    /// Whether the result is told as that of several instances.
    var isFleet: Bool { self.all || self.instances.count > 1 }

    private var flags: [SettingFlag?] {
        self.storage.flags + self.access.flags + [
            SettingFlag("width", "--width", self.width), SettingFlag("backupName", "--backup-name", self.backupName),
            SettingFlag("apiVersion", "--api-version", self.apiVersion),
            SettingFlag("timeout", "--timeout", self.timeout), SettingFlag("waitBusy", "--wait-busy", self.waitBusy),
            SettingFlag("log.format", "--log-format", self.logFormat),
        ]
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        if self.remote { return try await self.runRemotely(in: context) }
        var context = context
        var shown: EventLog?
        do {
            let settings =
                try self.due
                ? context.scheduledSettings(self.azure, self.flags + self.schedule.flags)
                : context.resolveSettings(self.azure, self.flags).checked()
            let isLogged = self.due && settings.log.format != nil
            let log = EventLog(settings.log, clock: context.clock, terminal: isLogged ? context.terminal : nil)
            if isLogged {
                shown = log
                context.terminal = context.terminal.withoutNotes
            }
            let wanted = self.narrowed(try settings.wanted(self.instances, resourceGroup: self.resourceGroup))
            let stage = context
            let warn: @Sendable (BackupError) -> Void = { error in
                if isLogged { log.passedOver(error) } else { stage.terminal.note("warning: \(error.message)") }
            }
            return try await AzureConnection.with(
                settings,
                records: self.records.records,
                rules: .unattended,
                context: stage,
                warn: warn
            ) { connection in
                let run = InstanceRun(
                    connection: connection,
                    context: stage,
                    returnsOnceAccepted: self.noWait,
                    isUnattended: self.due
                )
                if self.due { return try await self.makeDue(wanted, run, log) }
                return self.isFleet ? await self.runAll(wanted, run) : await self.runOne(wanted[0], run)
            }
        } catch {
            let error = InstanceEnd.reported(error, context.interruption)
            shown?.failed(error, with: self.instances.first)
            switch self.output.format {
            case .json where self.isFleet: context.terminal.printJSON(RunTotal(error))
            case .json:
                let name = self.instances.first ?? ""
                context.terminal.printJSON(InstanceEnd(instance: name, error: error).summary)
            case .table: ErrorPrinter(terminal: context.terminal).print(error)
            }
            return error.exitStatus
        }
    }

    /// The instances with what this call says of them.
    private func narrowed(_ wanted: [FleetRun.Wanted]) -> [FleetRun.Wanted] {
        guard self.inventoryOnly else { return wanted }
        return wanted.map { reference, settings in
            let narrowed = settings.map { settings in
                var settings = settings
                settings.backup.inventoryOnly = true
                return settings
            }
            return (reference, narrowed)
        }
    }

    func status(of end: InstanceEnd) -> ExitStatus {
        end.outcome == .unverified && self.allowUnverified ? .success : end.exitStatus
    }

    private func runAll(_ wanted: [FleetRun.Wanted], _ run: InstanceRun) async -> ExitStatus {
        let printer = FleetPrinter(terminal: run.context.terminal, output: self.output)
        let fleet = FleetRun(run: run, width: run.connection.settings.width, printer: printer)
        let began = run.connection.clock.now
        let ends = await fleet.backUp(wanted, self.mode(drawsLive: false))
        let status = ExitStatus.common(ends.map(self.status))
        printer.printTotal(ends, from: began, to: run.connection.clock.now, status)
        await self.conclude(wanted, ends, run)
        return status
    }

    private func runOne(_ wanted: FleetRun.Wanted, _ run: InstanceRun) async -> ExitStatus {
        let end = await InstanceEnd.of(wanted.reference, run.context.interruption) {
            try await run.backUp(try wanted.settings.get(), self.watch(run))
        }
        self.show(end, run)
        await self.conclude([wanted], [end], run)
        return self.status(of: end)
    }

    /// Makes what watches one instance's run.
    func watch(_ run: InstanceRun) -> @Sendable (OpenedStorage) -> any RunObserver {
        let terminal = run.context.terminal
        let mode = self.mode(drawsLive: terminal.abilities.drawsLive && !self.output.verbose)
        return { opened in
            RunWatcher(
                mode: mode,
                terminal: terminal,
                clock: run.connection.clock,
                interruption: run.context.interruption
            ) { record in
                // Only for the person's patience: without earlier records, or the right to read them, it says less.
                (try? await opened.listing.records(of: record.instance.name, limit: 5))
                    .flatMap(UsualDuration.median(of:))
            }
        }
    }

    /// Tells how one instance's run ended.
    func show(_ end: InstanceEnd, _ run: InstanceRun) {
        RunEndPrinter(
            terminal: run.context.terminal,
            output: self.output,
            followUp: FollowUp(run.context.arguments)
        ).print(end, at: run.connection.clock.now)
    }

    func mode(drawsLive: Bool) -> RunWatcher.Mode {
        switch self.output.format {
        case .json: .json
        case .table where self.output.quiet: .quiet
        case .table: drawsLive ? .live : .lines(verbose: self.output.verbose)
        }
    }
}
