import BackupDomain
import Provisioning

/// What came of a backup that was made in Azure: the host's word, and what a look at the container showed.
struct RemoteOutcome: Sendable {
    /// How it ended, by the host's own word.
    var end: RemoteBackup.End
    /// What the look showed; nil where the host itself says that it failed.
    var proof: RemoteProof?

    /// How it ended, in the words of a run.
    var outcome: RunOutcome { self.proof?.outcome ?? .failed }

    /// Why it is not verified; nil where it is.
    var reason: String? {
        if case .failed(let reason) = self.end.state { return reason }
        return self.proof?.error?.message
    }
}
