package import AzureClient
import BackupDomain

extension TransportFailure {
    /// A connection that broke before an answer came: the call may have arrived.
    package static let broken = Self(BackupError(.unreachable, "The connection broke."), mayHaveArrived: true)
    /// A connection that was never made.
    package static let refused = Self(BackupError(.unreachable, "The connection was refused."), mayHaveArrived: false)
    /// A name that nobody knows.
    package static let unknownHost = Self(BackupError(.hostNotFound, "No such host."), mayHaveArrived: false)
}
