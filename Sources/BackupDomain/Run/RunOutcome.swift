/// How a run ended.
package enum RunOutcome: String, Sendable, Codable, CaseIterable {
    /// The backup was made and its blob seen; or it was restored and the instance seen at rest.
    case verified
    /// What lies in the instance was read and filed; no backup of it was wanted.
    case inventoried
    /// Azure says that it is done; the blob, or the end of the restore, could not be looked at.
    case unverified
    /// No good backup, or no restore, came of it.
    case failed
    /// Not started: a rule forbids it, or something needed is missing.
    case refused
    /// Another operation holds the instance.
    case busy
    /// Accepted by Azure, but not seen to the end.
    case unknown
    /// Stopped by the operator; what Azure has accepted goes on.
    case interrupted
}

extension RunOutcome {
    /// Whether what was wanted came of the run.
    package var isGood: Bool { self == .verified || self == .inventoried }

    /// The exit code that a command ends with for one run.
    package var exitCode: ExitStatus {
        switch self {
        case .verified, .inventoried: .success
        case .unverified: .unverified
        case .failed: .failed
        case .refused: .refused
        case .busy: .busy
        case .unknown: .unknown
        case .interrupted: .interrupted
        }
    }
}
