import BackupDomain

extension BackupError {
    /// The exit code of a command that restores and ends with this error before a run: where there is no such backup it refuses, and
    /// nothing failed.
    var restoringStatus: ExitStatus {
        self.code == .backupMissing ? .refused : self.exitStatus
    }
}
