import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation
import LocalFiles

/// `apim-backup run`: makes one backup now.
struct RunCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Back up an API Management instance now.",
        discussion: """
            Finds the instance, starts the backup, follows it to its end, looks whether the blob is there, and writes a \
            record of the run into the catalog container. A run that is under way already is followed instead.
            """
    )

    @Argument(help: "The instance: its name, or its full resource id.")
    var instance: String

    @OptionGroup var storage: StorageOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "The instance's resource group, to narrow the search.")
    var resourceGroup: String?

    @Option(help: "The name of the backup; fields are {instance}, {time} and {date}.")
    var backupName = BackupNameTemplate.standard.text

    @Option(help: "The api-version of API Management's calls.")
    var apiVersion = "2024-05-01"

    @Option(help: "How long to follow an accepted backup: a number with s, m, h or d.")
    var timeout = BackupDuration(RunLimits().operation)

    @Option(help: "How long to wait for another operation that holds the instance.")
    var waitBusy = BackupDuration(.zero)

    @Flag(help: "Return once Azure has accepted; a later run follows it to its end.")
    var noWait = false

    @Flag(help: "Exit with 0 when Azure says done but the blob may not be read.")
    var allowUnverified = false

    @Option(help: "A folder for the record, where the catalog container does not take it.")
    var records: String?

    @Flag(help: "Back up only what the schedule has due, then exit: for cron, timers and jobs of other systems.")
    var due = false

    @OptionGroup(title: "Schedule, with --due") var schedule: ScheduleOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !self.due, let option = self.schedule.given.first {
            throw ValidationError("\(option) goes with --due only.")
        }
        if self.due, self.noWait { throw ValidationError("--no-wait and --due exclude each other.") }
        let version = self.apiVersion.split(separator: "-")
        let isDate = version.count >= 3 && version.prefix(3).map(\.count) == [4, 2, 2]
        let isNumeric = version.prefix(3).allSatisfy { Int($0) != nil }
        guard isDate, isNumeric, version.dropFirst(3).allSatisfy({ $0 == "preview" }) else {
            throw ValidationError("'\(self.apiVersion)' is no api-version; it looks like 2024-05-01.")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        do {
            return try await AzureConnection.with(
                self.azure,
                apiVersion: self.apiVersion,
                rules: .unattended,
                context: context
            ) { connection in
                if self.due { return try await self.makeDue(over: connection, context) }
                return self.status(of: try await self.backUp(over: connection, context))
            }
        } catch {
            let error = Self.reported(error)
            if self.output.format == .json {
                context.terminal.printJSON(
                    RunSummary(instance: self.instance, error: error, outcome: error.exitStatus.outcome)
                )
            } else {
                ErrorPrinter(terminal: context.terminal).print(error)
            }
            return error.exitStatus
        }
    }

    /// Any error as one that can be reported: there is a summary whatever happens.
    private static func reported(_ error: any Error) -> BackupError {
        if let error = error as? BackupError { return error }
        if error is CancellationError {
            return BackupError(
                .interrupted,
                "Interrupted. What was posted goes on in Azure, and the next run follows it to its end."
            )
        }
        return BackupError(.azureError, "Something unforeseen went wrong: \(error)")
    }

    func status(of report: RunReport) -> ExitStatus {
        if report.outcome == .unverified, self.allowUnverified { return .success }
        return report.outcome?.exitCode ?? .success
    }

    private func backUp(over connection: AzureConnection, _ context: CommandContext) async throws -> RunReport {
        let prepared = try await self.prepare(connection, context)
        let report = try await Self.watched(by: prepared.watcher) { try await prepared.runner.run(prepared.order) }
        self.show(report, at: connection.clock.now, context.terminal)
        return report
    }

    /// A backup that could begin: the order, and who makes and watches it.
    struct Prepared: Sendable {
        var order: BackupOrder
        var storage: RunStorage
        var runner: BackupRunner
        var watcher: RunWatcher
    }

    func prepare(_ connection: AzureConnection, _ context: CommandContext) async throws -> Prepared {
        let access = try self.access.resolve(environment: context.environment)
        let template = try BackupNameTemplate(self.backupName)
        let id = try await InstanceLookup(plane: connection.plane).find(
            self.instance,
            subscription: connection.subscription(self.azure),
            resourceGroup: self.resourceGroup
        )
        let storage = try await connection.storage(self.storage, subscription: id.subscription)
        let watcher = self.watcher(storage, connection, context)
        let runner = BackupRunner(
            plane: connection.plane,
            storage: storage,
            clock: connection.clock,
            stop: context.stop,
            fallback: self.fallback,
            program: "apim-backup \(ApimBackup.version)",
            notify: { await watcher.notice($0) }
        )
        let order = self.order(for: id, access, template, at: connection.clock.now)
        return Prepared(order: order, storage: storage, runner: runner, watcher: watcher)
    }

    private func order(
        for id: ResourceID,
        _ access: StorageAccess,
        _ template: BackupNameTemplate,
        at now: Date
    ) -> BackupOrder {
        var order = BackupOrder(instance: id, nominalAt: now)
        order.container = self.storage.container
        order.catalogContainer = self.storage.catalogContainer
        order.access = access
        order.nameTemplate = template
        order.azureAPIVersion = self.apiVersion
        order.returnsOnceAccepted = self.noWait
        order.limits.operation = self.timeout.duration
        order.limits.busy = self.waitBusy.duration
        return order
    }

    private var fallback: any Catalog {
        self.records.map { DirectoryCatalog(root: URL(filePath: $0)) } ?? MemoryCatalog()
    }

    static func watched(
        by watcher: RunWatcher,
        _ work: @escaping @Sendable () async throws -> RunReport
    ) async throws -> RunReport {
        try await withThrowingTaskGroup(of: RunReport?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                await watcher.run()
                return nil
            }
            while let report = try await group.next() {
                guard let report else { continue }
                group.cancelAll()
                // The live line goes away before the result is printed.
                try await group.waitForAll()
                return report
            }
            throw CancellationError()
        }
    }

    private func watcher(
        _ storage: RunStorage,
        _ connection: AzureConnection,
        _ context: CommandContext
    ) -> RunWatcher {
        let mode: RunWatcher.Mode =
            if self.output.format == .json {
                .json
            } else if self.output.quiet {
                .quiet
            } else if context.terminal.abilities.drawsLive && !self.output.verbose {
                .live
            } else {
                .lines(verbose: self.output.verbose)
            }
        let listing = BackupListing(
            blobs: storage.blobs,
            catalog: BlobCatalog(storage: storage.blobs, container: self.storage.catalogContainer),
            container: self.storage.container
        )
        return RunWatcher(mode: mode, terminal: context.terminal, clock: connection.clock) { record in
            // Only for the person's patience: without earlier records, or the right to read them, the line says less.
            (try? await listing.records(of: record.instance.name, limit: 5)).flatMap(UsualDuration.median(of:))
        }
    }

    func show(_ report: RunReport, at now: Date, _ terminal: Terminal) {
        let isHomeless = !report.isInCatalog && self.records == nil
        switch self.output.format {
        case .json:
            if isHomeless { terminal.printJSON(RecordLine(record: report.record)) }
            terminal.printJSON(RunSummary(report))
        case .table where self.output.quiet:
            terminal.print(report.record.run.text)
        case .table:
            RunPrinter(terminal: terminal, now: now, isRecordKept: !isHomeless).print(report)
            if isHomeless { terminal.printDocument(report.record) }
        }
    }
}
