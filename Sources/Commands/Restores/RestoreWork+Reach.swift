import AzureClient
import BackupDomain
import BackupEngine
import Deployment
import Doctor

extension RestoreWork {
    private static let reading = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"

    /// Finds out whether the identity by which API Management is to read a backup may do so.
    ///
    /// - Parameters:
    ///   - target: The instance that the backup goes into.
    ///   - access: By what it reads.
    ///   - opened: The account that the backup is in.
    ///   - container: The container that it is in.
    /// - Returns: Whether it may; allowed where it has no identity, which is a rule of its own.
    /// - Throws: `CancellationError`
    func reach(
        of target: Instance,
        _ access: StorageAccess,
        in opened: OpenedStorage,
        _ container: String
    ) async throws -> RestoreReach {
        guard let reader = target.identity.principalID(for: access) else { return .allowed }
        let plane = self.run.connection.plane
        guard let account = await self.run.connection.accountID(of: opened) else {
            return .unknown("The account was not found in the Resource Manager.")
        }
        let scope = account.containerID(container)
        let examiner = Examiner(
            plane: plane,
            resources: plane,
            blobs: opened.storage.blobs,
            clock: self.run.connection.clock
        )
        switch try await examiner.rights(of: reader, on: scope) {
        case .found(let rights) where rights.allowData(Self.reading): return .allowed
        case .found:
            let role = Role.blobContributor.rawValue
            return .denied(command: RoleCommand.assign(role, to: reader, type: "ServicePrincipal", on: scope))
        case .missing: return .unknown("There is no such container.")
        case .hidden(let reason), .unanswered(let reason): return .unknown(reason)
        }
    }
}
