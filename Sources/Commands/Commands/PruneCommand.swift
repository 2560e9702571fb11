import ArgumentParser
import BackupDomain
import BackupEngine
import Synchronization

/// `apim-backup prune`: deletes what the rules of retention release.
struct PruneCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Delete the backups that the rules release, and say of every backup why it is kept or released.",
        discussion: """
            Rules add up; without one nothing is released. Deleting needs a right of its own on the container of backups, \
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

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let (source, storage) = try await connection.recoveryPoints(self.storage, self.azure)
            let seen = try await source.look(for: self.instances.instance)
            let pruner = BackupPruner(
                source: source,
                catalogContainer: self.storage.catalogContainer,
                principal: try await connection.principal(),
                clock: connection.clock
            )
            let printer = PrunePrinter(
                terminal: context.terminal,
                account: storage.account.name,
                isDryRun: self.dryRun
            )
            let keys = try self.instances.keys(in: seen)
            var ends: [PruneEnd] = []
            for key in keys { ends.append(try await self.prune(key, seen, pruner, printer, isOnly: keys.count == 1)) }
            let kept = try await self.keptBytes(ends, source)
            switch self.output.format {
            case .json: printer.printDocument(ends, kept: kept)
            case .table where self.output.quiet: printer.printNames(ends)
            case .table: printer.printEnd(ends, kept: kept)
            }
            return Self.exitStatus(ends)
        }
    }

    private func prune(
        _ key: InstanceKey,
        _ seen: BackupContainer,
        _ pruner: BackupPruner,
        _ printer: PrunePrinter,
        isOnly: Bool
    ) async throws -> PruneEnd {
        let isShown = self.output.format == .table && !self.output.quiet
        do {
            if self.dryRun {
                let plan = try await pruner.plan(key, self.retention.policy, in: seen)
                if isShown { printer.printPlan(plan, of: key) }
                return .report(PruneReport(instance: key, plan: plan))
            }
            let report = try await pruner.prune(key, self.retention.policy) { plan in
                if isShown { printer.printPlan(plan, of: key) }
            }
            if isShown { printer.printResults(report) }
            return .report(report)
        } catch let error as BackupError where !isOnly {
            // One instance's trouble is no reason to leave the others alone.
            if isShown { ErrorPrinter(terminal: printer.terminal).print(error) }
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

    private static func exitStatus(_ ends: [PruneEnd]) -> ExitStatus {
        let statuses = ends.map(\.exitStatus)
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
