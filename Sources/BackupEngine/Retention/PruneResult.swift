package import BackupDomain

/// What became of one backup that the plan released.
package struct PruneResult: Sendable, Hashable {
    /// How a deletion ended.
    package enum State: String, Sendable, CaseIterable {
        /// It is deleted.
        case deleted
        /// It changed, or something protects it: it is kept.
        case kept
        /// This identity may not delete it: another one is to.
        case handedOver
        /// It is not known whether it is deleted; the catalog holds the intent.
        case failed
    }

    /// The backup.
    package var point: RecoveryPoint
    /// How it ended.
    package var state: State
    /// Whether the bytes are gone for good; nil where the service does not say.
    package var isPermanent: Bool?
    /// Why it was not deleted; nil where it was.
    package var detail: String?

    /// Creates a result.
    package init(point: RecoveryPoint, state: State, isPermanent: Bool? = nil, detail: String? = nil) {
        self.point = point
        self.state = state
        self.isPermanent = isPermanent
        self.detail = detail
    }
}
