import BackupDomain
import FoundationEssentials

/// What came of a claim: a notice was sent on a channel, or not.
struct NoticeSettlement {
    /// The notice's id.
    var notice: String
    /// The channel's name.
    var channel: String
    /// Why the channel did not take it.
    var failure: BackupError?
    /// Whether it was tried at all.
    var isSent: Bool

    /// Writes it down.
    ///
    /// - Parameters:
    ///   - ledger: The ledger.
    ///   - now: The present instant.
    func apply(to ledger: inout IncidentLedger, at now: Date) {
        if self.isSent, self.failure?.code != .interrupted {
            ledger.settle(self.notice, on: self.channel, self.failure, at: now)
        } else {
            ledger.unclaim(self.notice, on: self.channel)
        }
    }
}
