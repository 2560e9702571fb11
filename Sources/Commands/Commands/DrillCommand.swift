import ArgumentParser
import AzureClient
import BackupDomain
import BackupEngine
import FoundationEssentials
import Inventory
import Settings

/// `apim-backup drill`: restores a backup into a scratch instance, and sees whether it brings back what was backed up.
struct DrillCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Restore the newest backup into a scratch instance, and compare it with what was backed up.",
        discussion: """
            The scratch instance must be of the same tier and carry the tag \(ScratchTag.name)=true: nothing else is ever overwritten, \
            and nobody is asked, so that a drill can be scheduled. Users, subscriptions, keys and named values of the source land \
            in it: treat it as you treat production. What is there then is compared with the inventory that was taken with the \
            backup. The result goes to the catalog, on a passed backup as level 'restored', with its duration.

            Exit codes: 0 passed; 1 failed, or something differs; 4 refused; others as those of restore.
            """
    )

    @Option(help: "The instance whose newest verified backup is tried.", transform: GivenName.read)
    var from: String

    @Option(help: "The scratch instance: a name, or a full resource id.", transform: GivenName.read)
    var to: String

    @OptionGroup var storage: StorageOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "How long to follow an accepted restore: a number with s, m, h or d. (default: 12h)")
    var timeout: String?

    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let timeout = SettingFlag("timeout", "--timeout", self.timeout)
        let settings = try context.resolveSettings(self.azure, self.storage.flags + self.access.flags + [timeout])
            .checked()
        do {
            return try await AzureConnection.with(
                settings,
                records: self.records.records,
                rules: .unattended,
                context: context
            ) { connection in
                let run = InstanceRun(connection: connection, context: context)
                let work = RestoreWork.trying(.latest, of: self.from, on: self.to, run)
                return try await self.perform(work)
            }
        } catch let error as BackupError {
            ErrorPrinter(terminal: context.terminal).print(error)
            return error.restoringStatus
        }
    }

    private func perform(_ work: RestoreWork) async throws -> ExitStatus {
        let (context, stop) = (work.run.context, work.run.context.stop)
        let target = try await stop.cancelling { try await work.target() }
        if try await work.openRestore(of: target) != nil {
            let report = try await work.follow(target, RestoreWatch.watcher(work, self.output))
            guard report.ending == .ended else { return self.leave(report, context) }
        }
        let prepared = try await stop.cancelling { try await work.prepare(target) }
        try ScratchTag.require(prepared.plan.target)
        if let refusal = prepared.plan.refusals.first { throw refusal }
        if self.output.format == .table, !self.output.quiet {
            context.terminal.note(
                "warning: Users, subscriptions, keys and named values of \(prepared.plan.source.name) land in \(target.id.name)."
            )
        }
        let report = try await work.restore(
            prepared,
            confirmedAs: "tag \(ScratchTag.name)",
            safetyBackup: nil,
            RestoreWatch.watcher(work, self.output, usual: prepared.plan.usualDuration)
        )
        guard report.ending == .ended else { return self.leave(report, context) }
        let result = try await DrillWork(restore: work, prepared: prepared).conclude(report)
        DrillPrinter(terminal: context.terminal, output: self.output).print(result)
        if report.outcome != .verified { return report.outcome?.exitCode ?? .failed }
        return result.drill.isPassed ? .success : .failed
    }

    /// Says what becomes of a restore that is left before its end.
    private func leave(_ report: RunReport, _ context: CommandContext) -> ExitStatus {
        RestorePrinter(terminal: context.terminal, followUp: FollowUp(context.arguments)).explain(
            RestoreEnd(report: report)
        )
        if let error = report.error { ErrorPrinter(terminal: context.terminal).print(error) }
        return report.outcome?.exitCode ?? .interrupted
    }
}
