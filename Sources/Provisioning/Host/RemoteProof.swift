package import BackupDomain

/// What a look at the container showed of a backup that a host in Azure says it made.
package enum RemoteProof: Sendable {
    /// The blob is there, and as it should be.
    case verified(BlobProperties)
    /// The container could not be looked into, and why.
    case unverified(BackupError)
    /// There is no such blob, or an empty or older one.
    case missing(BackupError)

    /// How the backup ended, in the words of a run.
    package var outcome: RunOutcome {
        switch self {
        case .verified: .verified
        case .unverified: .unverified
        case .missing: .failed
        }
    }

    /// The blob, where it is as it should be.
    package var blob: BlobProperties? { if case .verified(let blob) = self { blob } else { nil } }

    /// Why it is not verified; nil where it is.
    package var error: BackupError? {
        switch self {
        case .verified: nil
        case .unverified(let error), .missing(let error): error
        }
    }
}
