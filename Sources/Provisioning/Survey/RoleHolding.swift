import BackupDomain
import Deployment

/// Looks whether somebody has a role on something, by an assignment right there.
struct RoleHolding {
    let resources: any ResourcePlane

    /// Finds an assignment.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope>
    ///
    /// - Parameters:
    ///   - role: The role's GUID.
    ///   - principal: The object id.
    ///   - scope: What the role is on.
    /// - Returns: The assignment's id; nil where there is none, what is inherited not counted.
    /// - Throws: ``BackupDomain/BackupError``
    func assignment(of role: String, to principal: String, on scope: String) async throws -> String? {
        let found = try await self.resources.list(
            "\(scope)/providers/\(ResourceTypes.roleAssignments.rawValue)",
            apiVersion: ResourceTypes.roleAssignments.apiVersion,
            filter: "principalId eq '\(principal)'"
        )
        let match = found.first { assignment in
            let properties = assignment["properties"]
            return properties?["scope"]?.string?.lowercased() == scope.lowercased()
                && properties?["principalId"]?.string?.lowercased() == principal.lowercased()
                && properties?["roleDefinitionId"]?.string?.lowercased().hasSuffix("/\(role.lowercased())") == true
        }
        return match?["id"]?.string
    }
}
