/// When people are told, without having asked, that a check stands worse than it did.
package enum CheckTelling: Sendable {
    /// Of faults only.
    case faults
    /// Of warnings too, where all was well before: something that protects backups has gone.
    case warnings
    /// Never: what it says is told already, by other means.
    case never
}
