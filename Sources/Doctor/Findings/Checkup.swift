/// All checks, in the order in which a backup depends on them.
package enum Checkup {
    /// The checks.
    package static let all: [any DoctorCheck.Type] = [
        CredentialCheck.self, ClockCheck.self, InstanceCheck.self, TierCheck.self, StateCheck.self,
        APIVersionCheck.self,
        InstanceIdentityCheck.self, LockCheck.self, BackupRightCheck.self, RoleWidthCheck.self,
        StorageAccountCheck.self, RegionCheck.self, FirewallCheck.self, SharedKeyCheck.self, CORSCheck.self,
        ContainerCheck.self, PrivacyCheck.self, ImmutabilityCheck.self, LifecycleCheck.self, SoftDeleteCheck.self,
        WriterRightCheck.self, ReadingRightCheck.self, DeletionRightCheck.self, CatalogCheck.self,
        ScheduleCheck.self, NotificationsCheck.self, LastBackupCheck.self,
    ]

    /// The checks of an instance of which only inventories are taken.
    package static let ofInventories: [any DoctorCheck.Type] = [
        CredentialCheck.self, ClockCheck.self, InstanceCheck.self, TierCheck.self, ContentsRightCheck.self,
        StorageAccountCheck.self, FirewallCheck.self, ContainerCheck.self, CatalogCheck.self, ScheduleCheck.self,
        NotificationsCheck.self, LastBackupCheck.self,
    ]

    /// Makes all checks.
    ///
    /// - Parameter examination: What was read.
    /// - Returns: The findings, in the order of the checks.
    package static func findings(_ examination: Examination) -> [Finding] {
        let checks = examination.subject.isInventoryOnly ? self.ofInventories : self.all
        return checks.flatMap { $0.judge(examination) }
    }
}
