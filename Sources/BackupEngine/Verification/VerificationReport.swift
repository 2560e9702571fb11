package import BackupDomain
package import FoundationEssentials

/// What a verification of one instance's backups showed.
package struct VerificationReport: Sendable {
    /// The instance's key.
    package var instance: InstanceKey
    /// When it was made.
    package var at: Date
    /// The recovery points as they are now, newest first.
    package var points: [RecoveryPoint]
    /// Why the results could not be written down; nil where they were.
    package var unwritten: BackupError?

    /// Creates a report.
    package init(instance: InstanceKey, at date: Date, points: [RecoveryPoint], unwritten: BackupError?) {
        self.instance = instance
        self.at = date
        self.points = points
        self.unwritten = unwritten
    }

    /// The backups with which something is wrong now.
    package var findings: [(point: RecoveryPoint, finding: VerificationFinding)] {
        self.points.compactMap { point in
            guard point.checked(at: self.at) != nil, let finding = point.verification?.finding else { return nil }
            return (point, finding)
        }
    }

    /// The recovery points that are really left: proven, there, and still to be restored.
    package var good: [RecoveryPoint] { self.points.filter { $0.isGood(at: self.at) } }
}
