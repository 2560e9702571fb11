import BackupDomain

/// Whether Azure offers backups in the instance's tier.
///
/// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>
enum TierCheck: DoctorCheck {
    static let name = CheckName.tier

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instance, of: "instance") { instance in
            if examination.subject.isInventoryOnly {
                guard instance.tier.supportsBackup else {
                    return self.ok("\(instance.tier): it has no backup, and only its inventory is taken")
                }
                return self.warning(
                    "\(instance.tier) has backups, and none is made: the settings have only its inventory taken.",
                    "Take 'inventoryOnly: true' out of the settings, unless that is what you want."
                )
            }
            guard instance.tier.supportsBackup else {
                return self.fault(
                    "\(instance.tier): Azure offers backups in Developer, Basic, Standard and Premium only.",
                    "Say 'inventoryOnly: true' for it in the settings: then only its inventory is taken. A classic tier cannot be "
                        + "had by changing this one."
                )
            }
            return self.ok("\(instance.tier), \(instance.units) unit\(instance.units == 1 ? "" : "s")")
        }
    }
}
