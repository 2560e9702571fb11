import BackupDomain
import FoundationEssentials

extension BlobCatalog {
    /// Takes what a look at an instance's backups showed into its summary, where `status` reads it.
    ///
    /// - Parameters:
    ///   - points: The recovery points as they are.
    ///   - instance: The instance's key.
    ///   - now: When the look was, by the blob service's clock.
    /// - Throws: ``BackupDomain/BackupError``
    func note(_ points: [RecoveryPoint], of instance: InstanceKey, at now: Date) async throws {
        try await self.changeSummary(of: instance, at: now) { summary in
            for point in points {
                if let standing = point.standing { summary.note(standing, of: point, at: now) }
            }
        }
    }
}

extension RecoveryPoint {
    /// How a summary puts what was seen; nil where there is nothing to be seen of a good backup.
    fileprivate var standing: SummarizedRun.Standing? {
        switch self.condition {
        // Until it is brought back it restores nothing, as one that somebody has changed.
        case .proven: self.blob?.isArchived ?? false ? .changed : .present
        case .changed: .changed
        case .vanished: .vanished
        case .deleted: .pruned
        case .inFlight, .failed, .unproven: nil
        }
    }
}
