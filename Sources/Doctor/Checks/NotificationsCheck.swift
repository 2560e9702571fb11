import BackupDomain

/// Whether somebody is told when backups fail.
enum NotificationsCheck: DoctorCheck {
    static let name = CheckName.notifications
    static let telling = CheckTelling.never

    static func judge(_ examination: Examination) -> [Finding] {
        if let warning = examination.channelWarnings.first {
            return self.warning(warning, "apim-backup notify test")
        }
        guard let channels = examination.subject.channels else {
            return self.notChecked("No settings file is in use; who is told of failures is not known here.")
        }
        guard channels > 0 else {
            return self.warning(
                "No channel is named: nobody is told when a backup fails.",
                "Name one under notifications.channels in the settings, then: apim-backup notify test"
            )
        }
        return self.ok("\(channels) channel\(channels == 1 ? "" : "s"); 'apim-backup notify test' tries them")
    }
}
