import BackupDomain

/// A channel whose secrets cannot be had: what is to be sent on it fails, and is tried again by who can open it.
struct UnopenedChannel: NoticeChannel {
    let name: String
    /// Why it could not be opened.
    let error: BackupError

    func send(_ notice: Notice) async throws {
        throw BackupError(
            .noticeNotDelivered,
            "The channel '\(self.name)' cannot be opened: \(self.error.message)",
            remedy: self.error.remedy
        )
    }
}
