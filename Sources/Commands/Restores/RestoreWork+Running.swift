import AzureClient
import BackupDomain
import BackupEngine
import Settings

/// What is done once the plan is confirmed.
extension RestoreWork {
    /// Backs the target up, so that what it holds now can be brought back.
    ///
    /// - Parameters:
    ///   - prepared: The plan.
    ///   - watch: Makes what watches the backup.
    /// - Returns: The backup's run.
    /// - Throws: ``BackupDomain/BackupError`` where it did not end verified: then nothing is restored.
    func backUpFirst(
        _ prepared: Prepared,
        _ watch: @escaping @Sendable (OpenedStorage) -> any RunObserver
    ) async throws -> RunID {
        var settings = prepared.target.settings
        // What the instance holds is about to go, whatever is kept of it on ordinary nights.
        settings.backup.inventoryOnly = false
        let report = try await self.run.backUp(settings, beforeRestoreOf: prepared.plan.choice.point.name, watch)
        guard report.outcome != .verified else { return report.record.run }
        let outcome = report.outcome?.rawValue ?? "accepted"
        throw BackupError(
            report.outcome == .interrupted ? .interrupted : report.outcome == .busy ? .busy : .backupUnverified,
            "The safety backup of \(prepared.target.id.name) ended \(outcome), so nothing was restored."
                + (report.record.error.map { " \($0.message)" } ?? ""),
            remedy:
                "Mend that first; or restore without one (--no-safety-backup), where what the instance holds may be lost.",
            azure: report.record.error?.azure
        )
    }

    /// Restores as it was confirmed.
    ///
    /// - Parameters:
    ///   - prepared: The plan.
    ///   - name: What was typed to confirm it.
    ///   - safetyBackup: The run that backed the target up first.
    ///   - due: The drill of a schedule that it is made for; nil where somebody asked for it.
    ///   - observer: Told of the run.
    /// - Returns: The runner's report.
    /// - Throws: ``BackupDomain/BackupError`` where no run could begin.
    func restore(
        _ prepared: Prepared,
        confirmedAs name: String,
        safetyBackup: RunID?,
        for due: DueDrill? = nil,
        _ observer: any RunObserver
    ) async throws -> RunReport {
        let now = self.run.connection.clock.now
        let recorded = RecordedRestore(
            backup: prepared.plan.backup,
            run: prepared.plan.choice.point.run,
            source: prepared.plan.source.instance,
            confirmation: RecordedRestore.Confirmation(
                name: name,
                at: now.wholeSeconds,
                by: try await self.run.connection.principal()
            ),
            safetyBackup: safetyBackup
        )
        var order = self.order(for: prepared.target)
        order.restore = RestoreSource(recorded: recorded, blobs: prepared.source.storage.blobs)
        if let due {
            order.nominalAt = due.time
            order.ownRun = due.run
            order.trigger = .schedule
        }
        let runner = self.run.runner(prepared.target.opened, observer, kind: .restore)
        return try await InstanceRun.watched(by: observer) { [order] in try await runner.run(order) }
    }

    /// Follows the restore of the target that is under way.
    ///
    /// - Parameters:
    ///   - target: The target.
    ///   - observer: Told of the run.
    /// - Returns: The runner's report.
    /// - Throws: ``BackupDomain/BackupError``
    func follow(_ target: Target, _ observer: any RunObserver) async throws -> RunReport {
        let order = self.order(for: target)
        let runner = self.run.runner(target.opened, observer, kind: .restore)
        return try await InstanceRun.watched(by: observer) { try await runner.resume(order) }
    }

    private func order(for target: Target) -> BackupOrder {
        var order = self.run.order(for: target.id, target.settings.backup, target.access)
        order.kind = .restore
        return order
    }
}
