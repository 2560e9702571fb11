import AzureClient
import BackupDomain
import BackupEngine
import FieldTest
import Settings

/// A field test: the doctor's reads, a backup, a probe of the blob service, and a restore where that was asked for.
struct FieldTestWork: Sendable {
    /// A restore that a field test is to make.
    struct Target: Sendable {
        /// The scratch instance.
        var instance: String
        /// What was given to confirm it.
        var confirmation: String
    }

    let run: InstanceRun
    let recorder: ExchangeRecorder
    let instance: InstanceSettings
    let target: Target?
    /// Makes what tells a person of a run.
    let watcher: @Sendable () -> any RunObserver

    private var connection: AzureConnection { self.run.connection }

    /// Makes the calls.
    ///
    /// - Returns: What came of them.
    /// - Throws: ``BackupDomain/BackupError`` where the restore is refused before anything is done, or no backup could begin.
    func perform() async throws -> FieldTestEnd {
        if let target = self.target { try await self.requireScratch(target) }
        self.recorder.begin("examination")
        _ = try await self.run.context.stop.cancelling {
            try await DoctorVisit(connection: self.connection, context: self.run.context).look(at: self.instance)
        }
        self.recorder.begin("backup")
        let prepared = try await self.run.prepare(self.instance) { opened in self.observer(opened) }
        let backup = try await prepared.backUp()
        var end = FieldTestEnd(instance: backup.record.instance.name, backup: backup)
        guard backup.ending == .ended else { return end }
        try await self.run.context.stop.cancelling {
            try await self.watch(prepared.opened).lookAfterwards(backup.record)
        }
        self.recorder.begin(Probe.step)
        let probe = Probe(
            prepared.opened.storage.blobs,
            container: prepared.opened.settings.catalogContainer,
            name: "v1/trials/\(backup.record.run.text)",
            clock: self.connection.patient
        )
        try await self.run.context.stop.cancelling { try await probe.run() }
        if let target = self.target, backup.outcome == .verified {
            self.recorder.begin("restore")
            end.restore = try await self.restore(backup.record, target)
        }
        return end
    }

    private func restoreWork(_ selector: RestoreSelector, _ target: Target) -> RestoreWork {
        .trying(selector, of: self.instance.reference, on: target.instance, self.run)
    }

    /// Refuses, before anything is done, a target that may not be overwritten.
    private func requireScratch(_ target: Target) async throws {
        try await self.run.context.stop.cancelling {
            let found = try await self.restoreWork(.latest, target).target()
            guard target.confirmation.lowercased() == found.id.name.lowercased() else {
                throw BackupError(
                    .invalidInput,
                    "'\(target.confirmation)' is not the name of the instance that would be overwritten, \(found.id.name); "
                        + "nothing was changed.",
                    remedy: "Give --confirm \(found.id.name)."
                )
            }
            try ScratchTag.require(try await self.connection.plane.instance(found.id).instance)
        }
    }

    private func restore(_ backup: RunRecord, _ target: Target) async throws -> RunReport {
        let name = backup.backup?.name ?? ""
        let work = self.restoreWork(.named(name), target)
        let stop = self.run.context.stop
        let found = try await stop.cancelling { try await work.target() }
        let prepared = try await stop.cancelling { try await work.prepare(found) }
        try ScratchTag.require(prepared.plan.target)
        if let refusal = prepared.plan.refusals.first { throw refusal }
        let report = try await work.restore(
            prepared,
            confirmedAs: target.confirmation,
            safetyBackup: nil,
            self.observer(prepared.source)
        )
        if report.ending == .ended {
            try await stop.cancelling { try await self.watch(prepared.source).lookAfterwards(report.record) }
        }
        return report
    }

    private func observer(_ opened: OpenedStorage) -> any RunObserver {
        RunObservers([self.watcher(), OperationObserver(self.watch(opened))])
    }

    private func watch(_ opened: OpenedStorage) -> OperationWatch {
        OperationWatch(plane: self.connection.plane, blobs: opened.storage.blobs, clock: self.connection.patient)
    }
}
