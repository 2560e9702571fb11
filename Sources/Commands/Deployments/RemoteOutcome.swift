import BackupDomain
import Provisioning

/// What came of backups that were made in Azure: the host's word, and what a look at the containers showed.
struct RemoteOutcome: Sendable {
    /// How it ended, by the host's own word.
    var end: RemoteBackup.End
    /// What the looks showed, for each instance that has backups; none where the host of a single one itself says that it failed.
    var proofs: [(instance: String, proof: RemoteProof)]

    /// How it ended, in the words of a run: the worst of all.
    var outcome: RunOutcome {
        if case .failed = self.end.state { return .failed }
        let outcomes = self.proofs.map(\.proof.outcome)
        return [.failed, .unverified].first(where: outcomes.contains) ?? (outcomes.isEmpty ? .inventoried : .verified)
    }

    /// Why it is not verified; nil where it is.
    var reason: String? {
        if case .failed(let reason) = self.end.state { return reason }
        return self.proofs.lazy.compactMap(\.proof.error?.message).first
    }

    /// The blob, where there is one instance and it was seen.
    var blob: BlobProperties? { self.proofs.count == 1 ? self.proofs[0].proof.blob : nil }
}
