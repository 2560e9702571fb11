import BackupDomain

/// Whether there is a backup that could be restored today.
enum LastBackupCheck: DoctorCheck {
    static let name = CheckName.lastBackup
    static let telling = CheckTelling.never

    static func judge(_ examination: Examination) -> [Finding] {
        let run = "apim-backup run \(examination.subject.instance) --storage-account \(examination.subject.account)"
        return self.judge(
            examination.status,
            missing: { self.warning("No run is recorded yet.", run) },
            { status in
                let reason = status.reasons.first ?? ""
                switch status.verdict {
                case .inventoryOnly: return self.ok(status.reasons.last ?? "its inventory is taken in time")
                case .protected: return self.ok("protected; \(status.recoveryPoints) to restore from")
                case .atRisk: return self.warning(reason, "apim-backup status \(examination.subject.instance)")
                case .unprotected: return self.fault(reason, run)
                }
            }
        )
    }
}
