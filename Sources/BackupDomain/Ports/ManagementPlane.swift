/// Azure Resource Manager, as far as backups need it.
///
/// Implementations renew tokens, honour throttling and repeat what is safe to repeat; a POST is never repeated after an
/// answer or a broken connection that leaves open whether it was accepted. What is thrown is a ``BackupError``.
package protocol ManagementPlane: Sendable {
    /// Lists the subscriptions that the caller can see.
    ///
    /// - Returns: Their ids.
    /// - Throws: ``BackupError``
    func subscriptions() async throws -> [String]

    /// Finds resources of one type by name, also for a caller whose only role is on the resource itself.
    ///
    /// - Parameters:
    ///   - type: The full resource type.
    ///   - name: The resource's name; nil for all of the type.
    ///   - subscription: The subscription's id.
    /// - Returns: The ids of those that the caller may read.
    /// - Throws: ``BackupError``
    func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID]

    /// Reads an instance.
    ///
    /// - Parameter id: The instance's resource id.
    /// - Returns: The instance with the answer's own `Date`.
    /// - Throws: ``BackupError`` with code `instanceNotFound`, `permissionDenied` and others.
    func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer)

    /// Reads a storage account.
    ///
    /// - Parameter id: The account's resource id.
    /// - Returns: The account with its primary blob endpoint.
    /// - Throws: ``BackupError``
    func storageAccount(_ id: ResourceID) async throws -> StorageAccount

    /// Posts a backup, once.
    ///
    /// - Parameters:
    ///   - id: The instance's resource id.
    ///   - request: What to write, where and with which access.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupError``: with code `ambiguousSubmission` where the call may have arrived, with any other code
    ///   where it cannot have.
    func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer

    /// Posts a restore, once.
    ///
    /// - Parameters:
    ///   - id: The resource id of the instance that the backup goes into.
    ///   - request: Which backup, where it is and with which access of that instance's.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupError``: with code `ambiguousSubmission` where the call may have arrived, with any other code
    ///   where it cannot have.
    func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer

    /// Asks once how a long-running operation stands.
    ///
    /// - Parameter location: The URL that Azure gave; refused unless it is of Resource Manager's own origin.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupError`` with code `foreignLocation`, or where no answer came.
    func operation(at location: String) async throws -> ManagementAnswer
}
