import BackupDomain

/// Whether Azure offers backups in the instance's tier.
///
/// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>
enum TierCheck: DoctorCheck {
    static let name = CheckName.tier

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instance, of: "instance") { instance in
            guard instance.tier.supportsBackup else {
                return self.fault(
                    "\(instance.tier): Azure offers backups in Developer, Basic, Standard and Premium only.",
                    "Keep the configuration under source control; a classic tier cannot be had by changing this one."
                )
            }
            return self.ok("\(instance.tier), \(instance.units) unit\(instance.units == 1 ? "" : "s")")
        }
    }
}
