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
                + (report.error.map { " \($0.message)" } ?? ""),
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
        order.restore = RestoreSource(
            recorded: recorded,
            blobs: prepared.source.storage.blobs,
            documents: prepared.source.documents
        )
        if let due {
            order.nominalAt = due.time
            order.ownRun = due.run
            order.trigger = .schedule
        }
        let runner = self.run.runner(prepared.target.opened, observer, kind: .restore)
        let report = try await InstanceRun.watched(by: observer) { [order] in try await runner.run(order) }
        // Two may have made their plans at the same time: one restored, the other watched.
        if let other = report.record.restore, !other.backup.isSame(as: recorded.backup) {
            throw Self.overtaken(by: report.record, wanted: "'\(recorded.backup.name)'")
        }
        return report
    }

    /// Whether a restore that was followed is the one that was asked for: the same backup where one was named or chosen by time, any of
    /// the same source where it was the newest, which may be another one by now.
    ///
    /// Where no plan can be made any more, nothing speaks against it, and what came of it is told as it is.
    ///
    /// - Parameters:
    ///   - record: The restore's record.
    ///   - target: The target.
    /// - Returns: Whether it is.
    func isWanted(_ record: RunRecord, in target: Target) async -> Bool {
        guard let restore = record.restore else { return false }
        if case .named(let name) = self.request.selector { return restore.backup.name == name }
        guard let plan = try? await self.prepare(target).plan else { return true }
        if case .latest = self.request.selector, let source = restore.source {
            return plan.choice.point.instance == InstanceKey(source.id)
        }
        return restore.backup.isSame(as: plan.backup)
    }

    /// Says that another restore took place than the one that was asked for.
    ///
    /// - Parameters:
    ///   - record: The record of that restore.
    ///   - wanted: What was asked for.
    /// - Returns: The error, with code `busy`.
    static func overtaken(by record: RunRecord, wanted: String) -> BackupError {
        BackupError(
            .busy,
            "Another restore of \(record.instance.name) was under way, of '\(record.restore?.backup.name ?? "-")' (run \(record.run), "
                + "\(record.outcome?.rawValue ?? "under way")); \(wanted) was not restored.",
            remedy: "Say the same again where that is still wanted: a new plan is made."
        )
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
