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
        if !self.state.world.rules.overwritesBlob,
            self.storage.content(account: target.account, container: target.container, blob: target.blob) != nil
        {
            throw self.failure("The specified blob already exists.")
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
        return .document(file.configuration)
    }

    private func failure(_ message: String) -> ServiceFailure {
        ServiceFailure(
            code: self.operation.kind == .restore ? "RestoreFailed" : self.state.world.rules.backupFailureCode,
            message: message
        )
    }
}
