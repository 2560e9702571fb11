import BackupDomain

extension NoticeText.Severity {
    /// A sign that chats show in colour.
    var sign: String {
        switch self {
        case .critical: "🔴"
        case .warning: "🟠"
        case .information: "🔵"
        case .resolved: "🟢"
        }
    }
}
