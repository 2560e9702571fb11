import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation

/// `apim-backup resume`: follows what was left behind, and begins nothing.
struct ResumeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Follow runs that were left behind to their end; begins no backup.",
        discussion: """
            Works also for an instance that has been deleted since. 'run' does the same before it begins a new one.
            """
    )

    @Argument(help: "The instance's name; all instances that have an unfinished run by default.")
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "How long to follow an accepted backup: a number with s, m, h or d.")
    var timeout = BackupDuration(RunLimits().operation)

    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, rules: .unattended, context: context) { connection in
            let storage = try await connection.storage(
                self.storage,
                subscription: connection.subscription(self.azure)
            )
            let listing = BackupListing(
                blobs: storage.blobs,
                catalog: BlobCatalog(storage: storage.blobs, container: self.storage.catalogContainer),
                container: self.storage.container
            )
            let name = self.instance.map { ResourceID($0)?.name ?? $0 }
            let unfinished = try await listing.unfinishedRuns(of: name, at: connection.clock.now)
            if unfinished.isEmpty, self.output.format == .table, !self.output.quiet {
                context.terminal.note("No run of \(name ?? "any instance") is under way.")
            }
            var statuses: Set<ExitStatus> = []
            for record in unfinished {
                do {
                    statuses.insert(try await self.resume(record.instance.id, storage, over: connection, context))
                } catch let error as BackupError {
                    // What stands in one instance's way stands in no other's.
                    self.report(error, of: record, context.terminal)
                    statuses.insert(error.exitStatus)
                }
            }
            if statuses.count > 1 { return .someFailed }
            return statuses.first ?? .success
        }
    }

    private func resume(
        _ id: ResourceID,
        _ storage: RunStorage,
        over connection: AzureConnection,
        _ context: CommandContext
    ) async throws -> ExitStatus {
        var order = BackupOrder(instance: id, nominalAt: connection.clock.now)
        order.container = self.storage.container
        order.catalogContainer = self.storage.catalogContainer
        order.access = try self.access.resolve(environment: context.environment)
        order.limits.operation = self.timeout.duration
        let watcher = RunWatcher(
            mode: self.mode,
            terminal: context.terminal,
            clock: connection.clock
        ) { _ in nil }
        let runner = BackupRunner(
            plane: connection.plane,
            storage: storage,
            clock: connection.clock,
            stop: context.stop,
            fallback: MemoryCatalog(),
            program: "apim-backup \(ApimBackup.version)",
            notify: { await watcher.notice($0) }
        )
        let report = try await runner.resume(order)
        switch self.output.format {
        case .json: context.terminal.printJSON(RunSummary(report))
        case .table where self.output.quiet: context.terminal.print(report.record.run.text)
        case .table:
            RunPrinter(terminal: context.terminal, now: connection.clock.now, isRecordKept: true).print(report)
        }
        return report.outcome?.exitCode ?? .success
    }

    private func report(_ error: BackupError, of record: RunRecord, _ terminal: Terminal) {
        switch self.output.format {
        case .json:
            let name = record.instance.name
            terminal.printJSON(RunSummary(instance: name, error: error, outcome: error.exitStatus.outcome))
        case .table:
            terminal.note("The run of \(record.instance.name) of \(record.nominalAt.iso8601) could not be followed.")
            ErrorPrinter(terminal: terminal).print(error)
        }
    }

    private var mode: RunWatcher.Mode {
        switch self.output.format {
        case .json: .json
        case .table where self.output.quiet: .quiet
        case .table: .lines(verbose: self.output.verbose)
        }
    }
}
