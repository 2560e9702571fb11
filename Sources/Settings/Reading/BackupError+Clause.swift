import BackupDomain

extension BackupError {
    /// The message as a clause, for a sentence that goes on.
    var clause: String { self.message.hasSuffix(".") ? String(self.message.dropLast()) : self.message }
}
