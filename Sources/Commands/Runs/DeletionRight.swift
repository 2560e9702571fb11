import AzureClient
import BackupDomain
import BackupEngine
import Doctor
import Settings

/// The caller's right to delete backups of one storage account.
struct DeletionRight {
    private static let action = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete"

    /// Azure.
    let connection: AzureConnection
    /// The account that the backups are in.
    let opened: OpenedStorage
    /// The caller.
    let principal: RecordedPrincipal
    /// The account's resource id; nil where it is not seen in the Resource Manager.
    let account: ResourceID?

    /// The commands that let the caller read and delete backups and write none; nil where the account's id or the caller's is not known.
    var grant: String? {
        guard let account = self.account, let caller = self.principal.objectID else { return nil }
        return RoleCommand.allowPruning(by: caller, in: self.scope(in: account), of: account)
    }

    /// Asks Azure whether the caller has the right, without trying.
    ///
    /// - Returns: Whether it does; nil where the account is not seen in the Resource Manager, or Azure does not say.
    /// - Throws: `CancellationError`
    func isGranted() async throws -> Bool? {
        guard let account = self.account else { return nil }
        let examiner = Examiner(
            plane: self.connection.plane,
            resources: self.connection.plane,
            blobs: self.opened.storage.blobs,
            clock: self.connection.clock
        )
        return try await examiner.callerRights(on: self.scope(in: account)).value?.allowData(Self.action)
    }

    private func scope(in account: ResourceID) -> String {
        account.containerID(self.opened.settings.container)
    }
}
