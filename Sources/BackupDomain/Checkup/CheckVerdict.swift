/// How one check of the doctor stands.
package enum CheckVerdict: String, Sendable, Codable, CaseIterable {
    /// As it should be.
    case ok
    /// Backups work, and something is worth a person's while.
    case warning
    /// Backups fail, or will be lost.
    case fault
    /// It could not be looked at.
    case notChecked
}
