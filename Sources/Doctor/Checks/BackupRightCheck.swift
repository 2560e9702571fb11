import BackupDomain
import Deployment

/// Whether the caller may start a backup and read how it goes on.
///
/// Source: <https://learn.microsoft.com/azure/role-based-access-control/permissions/integration>; that reading the operation is a right of
/// its own by azure-powershell#26536
enum BackupRightCheck: DoctorCheck {
    static let name = CheckName.rightToBackUp

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instanceRights, of: "instance") { rights in
            let needed = Role.backupStarter.actions
            let missing = needed.filter { !rights.allow($0) }
            guard !missing.isEmpty else { return self.ok("may start a backup and read the operation") }
            let grant = MissingRole(
                .instanceOperator,
                to: examination.caller.value?.objectID,
                principalType: nil,
                on: examination.instance.value?.id.text
            )
            var text = "This identity lacks \(missing.joined(separator: ", ")) on the instance."
            if missing == [needed[2]] {
                text += " Backups are made, and nobody sees their end."
            }
            return self.fault(text, grant == nil ? examination.permissionsCommand : nil, fix: grant.map(Fix.assignRole))
        }
    }
}
