/// What is to be done with one backup, and why.
package struct RetentionDecision: Sendable, Hashable {
    /// What is to be done.
    package enum Verdict: String, Sendable, Codable, CaseIterable {
        /// A rule, a pin or a safeguard keeps it.
        case keep
        /// It is to be deleted.
        case release
        /// The rules would release it, but it may not be deleted now.
        case withheld
    }

    /// The backup.
    package var point: RecoveryPoint
    /// What is to be done.
    package var verdict: Verdict
    /// All reasons, the weightiest first.
    package var reasons: [RetentionReason]

    /// Creates a decision.
    package init(point: RecoveryPoint, verdict: Verdict, reasons: [RetentionReason]) {
        self.point = point
        self.verdict = verdict
        self.reasons = reasons
    }
}
