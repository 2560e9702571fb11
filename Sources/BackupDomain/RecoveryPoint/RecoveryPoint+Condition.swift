package import FoundationEssentials

extension RecoveryPoint {
    /// What can be said of a recovery point by what is known now.
    package enum Condition: String, Sendable, CaseIterable {
        /// Its run is under way.
        case inFlight
        /// Its blob is there as it was recorded, or as two checks saw it.
        case proven
        /// Its blob is there, and nothing has proven it.
        case unproven
        /// Its blob is there, but its run failed.
        case failed
        /// Its blob is there, but is not the one that was recorded.
        case changed
        /// Its blob is gone because `prune` released it.
        case deleted
        /// Its blob is gone, and nothing of ours deleted it.
        case vanished
    }

    /// What can be said of it.
    package var condition: Condition {
        if self.isInFlight { return .inFlight }
        guard let blob = self.blob else { return self.deletion == nil ? .vanished : .deleted }
        if let outcome = self.outcome, [.failed, .refused, .busy].contains(outcome) { return .failed }
        if let recorded = self.recorded, recorded.etag != nil {
            guard Self.isSame(recorded, blob) else { return .changed }
            if self.outcome == .verified { return blob.bytes > 0 ? .proven : .unproven }
        }
        return self.isSeenOften(blob) ? .proven : .unproven
    }

    /// Whether its run is under way, so that nobody may touch the blob.
    package var isInFlight: Bool {
        if case .run(_, outcome: nil) = self.origin { return true }
        return false
    }

    /// Whether it is a blob that no record of ours names.
    package var isAdopted: Bool { self.run == nil }

    /// Whether Azure would still restore it, did its blob not lie in the tier Archive, from which nothing is read.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether it is to be brought back to another tier first.
    package func isOutOfReach(at now: Date) -> Bool {
        self.restorableUntil > now && self.blob?.isArchived ?? false
    }

    /// Whether it counts as good: proven, there where Azure can read it, and still to be restored.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether it is good.
    package func isGood(at now: Date) -> Bool {
        guard self.condition == .proven, self.restorableUntil > now else { return false }
        if self.isOutOfReach(at: now) { return false }
        // By its name alone it may be a backup of another instance, which restores nothing here.
        if case .adopted(isDated: false) = self.origin { return false }
        return true
    }

    /// Whether it counts for what retention keeps: good, and made for its own sake.
    ///
    /// A backup that was made just before a restore holds what somebody wanted to get rid of; `restore` passes it over, too.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether it counts for min-good and the rules.
    package func counts(at now: Date) -> Bool { self.isGood(at: now) && self.beforeRestoreOf == nil }

    /// The highest level that the blob, as it is now, has passed, and when; nil where it passed none.
    package var level: (level: VerificationLevel, at: Date)? {
        guard let blob = self.blob, let verification = self.verification else { return nil }
        for level in VerificationLevel.allCases.reversed() {
            if let at = verification.passed(level, by: blob.etag) { return (level, at) }
        }
        return nil
    }

    private func isSeenOften(_ blob: BlobProperties) -> Bool {
        guard blob.bytes > 0, let verification = self.verification else { return false }
        if verification.passed(.restored, by: blob.etag) != nil { return true }
        guard let sighting = verification.sighting else { return false }
        return sighting.etag == blob.etag
            && sighting.isProof(writtenAt: blob.modifiedAt, isAdopted: self.isAdopted)
    }

    private static func isSame(_ recorded: RecordedBackup, _ blob: BlobProperties) -> Bool {
        guard recorded.etag == blob.etag, recorded.bytes == nil || recorded.bytes == blob.bytes else { return false }
        guard let was = recorded.contentMD5, let now = blob.contentMD5 else { return true }
        return was == now
    }
}
