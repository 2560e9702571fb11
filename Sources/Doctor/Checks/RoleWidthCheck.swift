import BackupDomain
import Deployment
import FoundationEssentials

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
            let more = rights.allow(Self.grants) ? "give roles on it" : "delete it, change it and restore over it"
            return self.warning(
                "This identity may do more with the instance than back it up: \(more).",
                "az role definition create --role-definition '\(Self.definition(examination))'; then assign that one in its place"
            )
        }
    }

    private static func definition(_ examination: Examination) -> String {
        let role = Role.backupStarter
        let scope = examination.instance.value.map {
            "/subscriptions/\($0.id.subscription)/resourceGroups/\($0.id.resourceGroup)"
        }
        let document = JSONValue.object([
            "Name": .string(role.rawValue), "Description": .string(role.purpose ?? ""),
            "Actions": .array(role.actions.map(JSONValue.string)),
            "AssignableScopes": .array([.string(scope ?? "/subscriptions/SUBSCRIPTION")]),
        ])
        return (try? JSONEncoder.stable().encode(document)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
