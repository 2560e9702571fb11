package import BackupDomain
package import FoundationEssentials

/// That the morning's line is due, and what it is made of.
package struct DigestOrder: Sendable {
    /// The newest time at which a line was due.
    package var dueAt: Date
    /// How each instance stands.
    package var verdicts: [InstanceKey: ProtectionStatus.Verdict]

    /// How many things changed in each instance whose inventories were compared.
    package var contents: [InstanceKey: Int]

    /// Creates an order; of instances without inventories by default.
    package init(
        dueAt: Date,
        verdicts: [InstanceKey: ProtectionStatus.Verdict],
        contents: [InstanceKey: Int] = [:]
    ) {
        self.dueAt = dueAt
        self.verdicts = verdicts
        self.contents = contents
    }
}
