import EmulatorRuntime
import Foundation

/// What happens when a backup's or restore's time has come.
///
/// The order of the checks, and the words of most failures, are ours: Azure's own are not known.
struct OperationEnd {
    let operation: ServiceOperation
    let state: CloudState
    let storage: any BackupStorage

    /// Writes or reads the blob, and returns the changes to the state.
    func changes() -> [CloudChange] {
        var ended = self.operation
        guard var instance = self.state.instances[self.operation.instance], let target = self.operation.target else {
            ended.outcome = .failed(ServiceFailure(code: "ResourceNotFound", message: "The instance is gone."))
            return [.operation(ended)]
        }
        do {
            switch self.operation.kind {
            case .restore: instance.configuration = try self.restoredConfiguration(for: instance, from: target)
            case .backup, .creation, .recovery, .deletion, .purge: try self.backUp(instance, to: target)
            }
            ended.outcome = .succeeded
        } catch let failure {
            ended.outcome = .failed(failure)
        }
        instance.revision += 1
        instance.changedAt = self.operation.endsAt
        // The blob is written before this is in the journal: a crash between the two repeats the write, which is
        // harmless.
        return [.instance(instance), .operation(ended)]
    }

    /// Puts what may lie under a backup's name while the backup runs, where nothing does yet.
    func begin() {
        let rule = self.state.world.rules.blobWhileRunning
        guard rule != .absent, self.operation.kind == .backup, let target = self.operation.target,
            let instance = self.state.instances[self.operation.instance],
            StorageAccess(state: self.state, instance: instance, target: target, now: self.operation.acceptedAt)
                .refusal(of: .write) == nil,
            self.storage.content(account: target.account, container: target.container, blob: target.blob) == nil
        else { return }
        let whole = BackupFile(instance: instance, createdAt: self.operation.acceptedAt).content
        // A container that is missing refuses it, as it will refuse the backup.
        _ = self.storage.put(
            account: target.account,
            container: target.container,
            blob: target.blob,
            content: rule == .empty ? Data() : whole.prefix(whole.count / 2)
        )
    }

    private func backUp(_ instance: ApiManagementInstance, to target: BackupTarget) throws(ServiceFailure) {
        if let failure = instance.behaviour.backupFailure { throw failure }
        if let fault = StorageAccess(state: self.state, instance: instance, target: target, now: self.operation.endsAt)
            .refusal(of: .write)
        {
            throw self.failure(fault)
        }
        if instance.behaviour.succeedsWithoutBlob { return }
        if !self.storage.containerExists(account: target.account, container: target.container) {
            guard self.state.world.rules.createsContainer,
                self.storage.createContainer(account: target.account, container: target.container)
            else { throw self.failure("The specified container does not exist.") }
        }
        let rules = self.state.world.rules
        // What lies there while a backup runs is its own, so that nothing else can be told apart.
        if rules.blobWhileRunning == .absent,
            self.storage.content(account: target.account, container: target.container, blob: target.blob) != nil
        {
            if rules.existingBlob == .refused { throw self.failure("The specified blob already exists.") }
            if rules.existingBlob == .kept { return }
        }
        if rules.renewsCreationTime {
            self.storage.delete(account: target.account, container: target.container, blob: target.blob)
        }
        let content = BackupFile(instance: instance, createdAt: self.operation.acceptedAt).content
        let written = self.storage.put(
            account: target.account,
            container: target.container,
            blob: target.blob,
            content: content
        )
        guard written else { throw self.failure("The blob could not be written.") }
    }

    private func restoredConfiguration(
        for instance: ApiManagementInstance,
        from target: BackupTarget
    ) throws(ServiceFailure) -> InstanceConfiguration {
        let access = StorageAccess(state: self.state, instance: instance, target: target, now: self.operation.endsAt)
        if let fault = access.refusal(of: .read) { throw self.failure(fault) }
        guard
            let content = self.storage.content(
                account: target.account,
                container: target.container,
                blob: target.blob
            )
        else { throw self.failure("The specified blob does not exist.") }
        if self.storage.isArchived(account: target.account, container: target.container, blob: target.blob) {
            throw self.failure("This operation is not permitted on an archived blob.")
        }
        guard let file = BackupFile(content: content) else {
            throw self.failure("The blob '\(target.blob)' is not a backup of API Management.")
        }
        // Source: a restore's failure as Azure's clients printed it (azure-powershell#25072).
        guard file.tier == instance.tier.rawValue else {
            throw self.failure(
                "Cannot restore: current SKU is '\(instance.tier.rawValue)', backup SKU is '\(file.tier)'"
            )
        }
        // Source: "How to implement disaster recovery …": a backup expires after 30 days.
        guard self.operation.acceptedAt.timeIntervalSince(file.createdAt) <= 30 * 86_400 else {
            throw self.failure("Cannot restore: backup expired")
        }
        // What is restored is written anew: no ETag of before stands for it.
        return .written(file.configuration.writtenAnew(by: instance.configuration.contents.revision + 1))
    }

    private func failure(_ message: String) -> ServiceFailure {
        ServiceFailure(
            code: self.operation.kind == .restore ? "RestoreFailed" : self.state.world.rules.backupFailureCode,
            message: message
        )
    }
}
