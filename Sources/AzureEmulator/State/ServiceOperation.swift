import Foundation

/// Something that was accepted and takes a while, such as a backup: running, or ended.
struct ServiceOperation: Sendable, Equatable, Codable {
    /// What the operation does.
    enum Kind: String, Sendable, Codable {
        case backup = "Backup"
        case restore = "Restore"
        case creation = "Creation"
        case recovery = "Recovery"
        case deletion = "Deletion"
        case purge = "Purge"

        /// What it is called within the id.
        ///
        /// Source: ids of recorded sessions: `Act` for a creation, `Term` for a deletion and for a purge.
        var mark: String {
            switch self {
            case .backup, .restore: self.rawValue
            case .creation, .recovery: "Act"
            case .deletion, .purge: "Term"
            }
        }
    }

    /// The last segment of its URL: `REGION:SERVICE_Backup_8HEX` in base64.
    var id: String
    /// What it does.
    var kind: Kind
    /// The instance.
    var instance: Scope
    /// Where the backup lies, and how it is reached; nil for what is neither backup nor restore.
    var target: BackupTarget?
    /// When it was accepted.
    var acceptedAt: Date
    /// When it ends, whether anybody looks or not.
    var endsAt: Date
    /// What the caller sent as `x-ms-client-request-id`.
    var clientRequestID: String?
    /// The object id of the caller.
    var callerID: String
    /// How it ended; nil while it runs.
    var outcome: Outcome?

    /// How an operation ended.
    enum Outcome: Sendable, Equatable, Codable {
        case succeeded
        case failed(ServiceFailure)
    }
}
