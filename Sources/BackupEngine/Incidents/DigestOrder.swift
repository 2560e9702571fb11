package import BackupDomain
package import FoundationEssentials

/// That the morning's line is due, and what it is made of.
package struct DigestOrder: Sendable {
    /// The newest time at which a line was due.
    package var dueAt: Date
    /// How each instance stands.
    package var verdicts: [InstanceKey: ProtectionStatus.Verdict]

    /// Creates an order.
    package init(dueAt: Date, verdicts: [InstanceKey: ProtectionStatus.Verdict]) {
        self.dueAt = dueAt
        self.verdicts = verdicts
    }
}
