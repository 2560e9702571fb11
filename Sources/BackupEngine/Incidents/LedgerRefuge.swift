package import BackupDomain

/// Where the ledger of incidents is kept while the catalog does not take it, for the next process on the same machine.
package protocol LedgerRefuge: Sendable {
    /// What a process left.
    ///
    /// - Returns: The ledger; nil where there is none that can be read.
    func left() -> IncidentLedger?

    /// Keeps a ledger, together with what other processes left in the meantime.
    ///
    /// - Parameter ledger: The ledger.
    /// - Returns: Whether it is kept; where it is not, as where a newer release left one, the process alone remembers it.
    func keep(_ ledger: IncidentLedger) -> Bool

    /// Forgets what was left, since the catalog has it, unless another process has left more by now.
    ///
    /// - Parameter adopted: What was left, and is in the catalog.
    func clear(_ adopted: IncidentLedger)
}
