import Foundation

/// A backup or restore that was accepted: running, or ended.
struct ServiceOperation: Sendable, Equatable, Codable {
    /// What the operation does.
    enum Kind: String, Sendable, Codable {
        case backup = "Backup"
        case restore = "Restore"
    }

    /// The last segment of its URL: `REGION:SERVICE_Backup_8HEX` in base64.
    var id: String
    /// What it does.
    var kind: Kind
    /// The instance.
    var instance: Scope
    /// Where the backup lies, and how it is reached.
    var target: BackupTarget
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
