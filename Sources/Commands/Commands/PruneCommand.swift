import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup prune`: deletes what the rules of retention release.
struct PruneCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Delete the backups that the rules release, and say of every backup why it is kept or released.",
        discussion: """
            Rules add up; without one nothing is released. They come from the settings, an instance's own where it has \
            some; flags win. Deleting needs a right of its own on the container of backups, \
            Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete; without it the backups are named \
            that another identity should delete.

            Exit codes: 0 done, or nothing to do; 1 a deletion failed; 3 some of several instances did not end with 0; \
            4 held back: the newest run is failing, the shrink guard is tripped, or the right to delete is missing; \
            75 a run is at work.
            """
    )

    @OptionGroup var instances: InstanceSelection
    @OptionGroup var storage: StorageOptions
    @OptionGroup var retention: RetentionOptions

    @Flag(help: "Print the plan and delete nothing.")
    var dryRun = false

    @OptionGroup var azure: AzureOptions
    @OptionGroup var output: OutputOptions

    /// What was done in one storage account.
    private struct Pruned {
        var ends: [PruneEnd]
        var kept: DeletedBlobRetention?
        var printer: PrunePrinter
    }

    private var isShown: Bool { self.output.format == .table && !self.output.quiet }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage, self.retention)
        return try await AzureConnection.with(settings, context: context) { connection in
            let (pruned, errors) = try await self.instances.inEach(connection) { opened, seen, keys in
                try await self.prune(keys, seen, in: opened, over: connection, context.terminal)
            }
            switch self.output.format {
            case .json:
                let documents = pruned.map { $0.printer.document($0.ends, kept: $0.kept) }
                context.terminal.printDocument(PruneDocument(documents, dryRun: self.dryRun))
            case .table where self.output.quiet: for each in pruned { each.printer.printNames(each.ends) }
            case .table:
                for each in pruned { each.printer.printEnd(each.ends, kept: each.kept) }
                if pruned.allSatisfy(\.ends.isEmpty) {
                    context.terminal.note("No instance has records in the catalog.")
                }
            }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            return Self.exitStatus(pruned.flatMap(\.ends).map(\.exitStatus) + errors.map(\.exitStatus))
        }
    }

    private func prune(
        _ keys: [InstanceKey],
        _ seen: BackupContainer,
        in opened: OpenedStorage,
        over connection: AzureConnection,
        _ terminal: Terminal
    ) async throws -> Pruned {
        let source = opened.points
        let principal = try await connection.principal()
        let pruner = BackupPruner(
            source: source,
            catalogContainer: opened.settings.catalogContainer,
            principal: principal,
            clock: connection.clock
        )
        let right = DeletionRight(
            connection: connection,
            opened: opened,
            principal: principal,
            account: await connection.accountID(of: opened)
        )
        var printer = PrunePrinter(
            terminal: terminal,
            account: opened.account,
            isDryRun: self.dryRun,
            grant: right.grant
        )
        var ends: [PruneEnd] = []
        for key in keys {
            let policy = connection.settings.backup(of: key).retention
            ends.append(try await self.prune(key, policy, seen, pruner, printer, isOnly: keys.count == 1))
        }
        let kept = try await self.keptBytes(ends, source)
        // Only where a dry run releases something: a real one finds out by itself.
        if self.dryRun, kept != nil { printer.mayDelete = try await right.isGranted() }
        return Pruned(ends: ends, kept: kept, printer: printer)
    }

    private func prune(
        _ key: InstanceKey,
        _ policy: RetentionPolicy,
        _ seen: BackupContainer,
        _ pruner: BackupPruner,
        _ printer: PrunePrinter,
        isOnly: Bool
    ) async throws -> PruneEnd {
        do {
            if self.dryRun {
                let plan = try await pruner.plan(key, policy, in: seen)
                if self.isShown { printer.printPlan(plan, of: key) }
                return .report(PruneReport(instance: key, plan: plan))
            }
            let report = try await pruner.prune(key, policy) { plan in
                if self.isShown { printer.printPlan(plan, of: key) }
            }
            if self.isShown { printer.printResults(report) }
            return .report(report)
        } catch let error as BackupError where !isOnly {
            // One instance's trouble is no reason to leave the others alone.
            if self.isShown { ErrorPrinter(terminal: printer.terminal).print(error) }
            return .error(key, error)
        }
    }

    /// How long deleted bytes are kept; asked only where there are any.
    private func keptBytes(_ ends: [PruneEnd], _ source: RecoveryPointSource) async throws -> DeletedBlobRetention? {
        let isAny = ends.contains { end in
            guard case .report(let report) = end else { return false }
            return self.dryRun
                ? !report.plan.releases.isEmpty : report.results.contains { $0.state == .deleted }
        }
        guard isAny else { return nil }
        do {
            return try await source.blobs.deletedBlobRetention()
        } catch is BackupError {
            // What was deleted is deleted: not to know this is no failure.
            return .unknown
        }
    }

    private static func exitStatus(_ statuses: [ExitStatus]) -> ExitStatus {
        guard let first = statuses.first(where: { $0 != .success }) else { return .success }
        return statuses.count == 1 ? first : .someFailed
    }
}

/// How `prune` ended for one instance.
enum PruneEnd: Sendable {
    /// There is a plan, and what was done.
    case report(PruneReport)
    /// It did not come to a plan, or not to the end of it.
    case error(InstanceKey, BackupError)

    /// The exit code for this instance.
    var exitStatus: ExitStatus {
        switch self {
        case .report(let report): report.exitStatus
        case .error(_, let error): error.exitStatus
        }
    }
}
