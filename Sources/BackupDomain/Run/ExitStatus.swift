/// The program's exit codes; a contract that only grows.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// All went well: the backup is verified.
    case success = 0
    /// The backup, or the command, failed.
    case failed = 1
    /// What was compared is not the same.
    case different = 2
    /// Some of several runs did not end verified.
    case someFailed = 3
    /// Refused; no backup was posted.
    case refused = 4
    /// Accepted by Azure, but not seen to the end.
    case unknown = 5
    /// Azure says done; the blob could not be read.
    case unverified = 6
    /// The command line or the settings are wrong.
    case usage = 64
    /// Another operation holds the instance.
    case busy = 75
    /// Interrupted.
    case interrupted = 130
}

extension ExitStatus {
    /// The exit code of a command that did the same for several.
    ///
    /// - Parameter statuses: How each ended.
    /// - Returns: What all ended with, ``success`` where there are none; ``someFailed`` where they differ.
    package static func common(_ statuses: [ExitStatus]) -> ExitStatus {
        let different = Set(statuses)
        return different.count > 1 ? .someFailed : different.first ?? .success
    }

    /// The outcome that goes with the exit code of a command which ended without a run's own.
    package var outcome: RunOutcome {
        switch self {
        case .success: .verified
        case .failed, .someFailed, .different: .failed
        case .refused, .usage: .refused
        case .unknown: .unknown
        case .unverified: .unverified
        case .busy: .busy
        case .interrupted: .interrupted
        }
    }
}

extension BackupError {
    /// The exit code of a command that ends with this error before, or without, a run.
    package var exitStatus: ExitStatus {
        switch self.code {
        case .invalidInput: .usage
        case .busy: .busy
        case .notSeenToTheEnd: .unknown
        case .interrupted: .interrupted
        case .backupUnreadable: .unverified
        case .deploymentFailed, .backupFailed, .backupMissing, .restoreFailed, .recordUnreadable, .fileProblem,
            .recordExists, .conflict, .blobProtected, .noticeNotDelivered:
            .failed
        default: .refused
        }
    }
}
