import BackupDomain
import Deployment

/// Whether the caller may do more with the instance than backups need.
enum RoleWidthCheck: DoctorCheck {
    static let name = CheckName.roleWidth
    static let telling = CheckTelling.warnings
    private static let deletes = "Microsoft.ApiManagement/service/delete"
    private static let grants = "Microsoft.Authorization/roleAssignments/write"

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instanceRights, of: "instance") { rights in
            guard rights.allow(Self.deletes) || rights.allow(Self.grants) else {
                return self.ok("no wider than needed")
            }
            let more = [
                (Self.deletes, "delete it, change it and restore over it"), (Self.grants, "give roles on it"),
            ].filter { rights.allow($0.0) }.map(\.1)
            return self.warning(
                "This identity may do more with the instance than back it up: \(more.joined(separator: "; ")).",
                Self.narrowing(examination)
            )
        }
    }

    /// The commands that give the caller a role of three actions, and show what it has beside.
    private static func narrowing(_ examination: Examination) -> String {
        let role = Role.backupStarter
        guard let id = examination.instance.value?.id else { return examination.permissionsCommand }
        let define = RoleCommand.define(
            role,
            in: "/subscriptions/\(id.subscription)/resourceGroups/\(id.resourceGroup)"
        )
        guard let caller = examination.caller.value?.objectID else {
            return "\(define)  # then assign it in place of the wider one"
        }
        return [
            define, RoleCommand.assign(role.rawValue, to: caller, on: id.text),
            RoleCommand.list(of: caller, on: id.text),
        ].joined(separator: " && ") + "  " + RoleCommand.removal
    }
}
