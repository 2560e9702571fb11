package import BackupDomain

/// All that retention and verification know of one instance.
package struct InstancePoints: Sendable {
    /// The instance's key.
    package var instance: InstanceKey
    /// The recovery points, newest first.
    package var points: [RecoveryPoint]
    /// The newest run that has ended; nil where there is none.
    package var newestRun: EndedRun?
    /// What an operator said of the backups' size last; nil for nothing.
    package var acknowledgement: ShrinkAcknowledgements.Entry?
}
