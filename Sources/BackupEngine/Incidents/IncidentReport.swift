package import BackupDomain
package import FoundationEssentials

/// What came of telling people.
package struct IncidentReport: Sendable {
    /// One attempt to send a notice.
    package struct Attempt: Sendable {
        /// The notice.
        package var notice: Notice
        /// The channel's name.
        package var channel: String
        /// Why the channel did not take it; nil where it did.
        package var failure: BackupError?
    }

    /// The attempts, in no order.
    package var attempts: [Attempt]
    /// What is wrong and who was told, as it is written down now.
    package var ledger: IncidentLedger
    /// When something is to be told or sent next, if nothing new is found wrong; nil for never.
    package var nextLook: Date?
    /// Why the ledger could not be written, so that this process or this machine alone remembers it; nil where it was.
    package var refusal: BackupError?
    /// Whether the next process on this machine remembers it too.
    package var isKept = false
}
