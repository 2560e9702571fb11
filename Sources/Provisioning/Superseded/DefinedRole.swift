import BackupDomain
import Deployment

/// A role of ours as an earlier deployment defined it.
struct DefinedRole: Sendable, Hashable {
    /// The definition's id.
    var id: String
    /// Which of ours it is; nil where somebody gave it another name.
    var role: Role?
    /// Where it may be assigned: the resource group that it was defined in.
    var scopes: [String]

    /// Reads the properties of a definition.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/authorization/role-definitions/get>
    init(id: String, _ properties: JSONValue) {
        self.id = id
        let name = properties["roleName"]?.string ?? ""
        self.role = Role.allCases.first { $0.builtInID == nil && name.hasPrefix($0.rawValue) }
        self.scopes = (properties["assignableScopes"]?.array ?? []).compactMap(\.string)
    }

    /// Whether one of the roles that are to be there needs the definition.
    func isNeeded(by grants: [PlannedGrant]) -> Bool {
        grants.contains { grant in
            grant.permission.role == self.role
                && self.scopes.contains { grant.scope.lowercased().hasPrefix("\($0.lowercased())/") }
        }
    }
}
