import BackupDomain
import Deployment

/// Whether the caller may read what lies in an instance of which only inventories are taken.
///
/// Source: <https://learn.microsoft.com/azure/role-based-access-control/permissions/integration>
enum ContentsRightCheck: DoctorCheck {
    static let name = CheckName.rightToReadContents

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instanceRights, of: "instance") { rights in
            guard !rights.allow("Microsoft.ApiManagement/service/apis/read") else {
                return self.ok("may read what lies in the instance")
            }
            let grant = MissingRole(
                .instanceOperator,
                to: examination.caller.value?.objectID,
                principalType: nil,
                on: examination.instance.value?.id.text
            )
            return self.fault(
                "This identity may not read what lies in the instance.",
                grant == nil ? examination.permissionsCommand : nil,
                fix: grant.map(Fix.assignRole)
            )
        }
    }
}
