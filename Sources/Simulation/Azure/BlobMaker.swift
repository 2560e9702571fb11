/// Who wrote a blob, by the simulated Azure's own account.
enum BlobMaker: Sendable, Hashable {
    /// Our program: records and other documents.
    case program
    /// API Management, for an operation, and whether it is the whole backup.
    case backup(operation: Int, isWhole: Bool)
    /// Somebody else, and whether it is a backup of the instance.
    case stranger(isBackup: Bool)
}
