package import FoundationEssentials

/// Instances that were deleted.
extension ProtectionStatus {
    /// Takes in that the instance was deleted and that Azure still brings it back.
    ///
    /// However good its backups are, it is not well: a backup goes into another instance only, and whoever wants this one back has
    /// some hours for it. Whoever deleted it on purpose ends that by purging it, or waits until Azure does.
    ///
    /// - Parameters:
    ///   - deleted: The deleted instance.
    ///   - now: The present instant.
    package mutating func note(_ deleted: DeletedInstance, at now: Date) {
        if self.verdict.isWell { self.verdict = .atRisk }
        self.reasons.insert(deleted.sentence(at: now), at: 0)
    }
}
