import BackupDomain

extension ProtectionStatus.Verdict {
    /// The verdict as a person reads it.
    var words: String {
        switch self {
        case .protected, .unprotected: self.rawValue
        case .inventoryOnly: "inventory only"
        case .atRisk: "at risk"
        }
    }
}
