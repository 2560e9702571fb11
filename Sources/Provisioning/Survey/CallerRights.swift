import BackupDomain
import Deployment

/// Looks whether who deploys may do what the nested deployments do: Azure's own validation does not look into those whose
/// parameters it learns only later.
struct CallerRights {
    private static let assigns = "Microsoft.Authorization/roleAssignments/write"
    private static let defines = "Microsoft.Authorization/roleDefinitions/write"
    private static let deploys = "Microsoft.Resources/deployments/write"

    let resources: any ResourcePlane

    /// Looks for rights that are missing.
    ///
    /// - Parameter proposal: What would be deployed.
    /// - Returns: What is missing, each with what mends it.
    /// - Throws: ``BackupDomain/BackupError``
    func problems(_ proposal: DeploymentProposal) async throws -> [BackupError] {
        let groups = proposal.instances.flatMap { [$0.instance.id, $0.account].map(Self.group) }
        var wanted = ([proposal.place.group] + groups).map { (action: Self.deploys, scope: $0) }
        for member in proposal.instances where proposal.arguments[BackupInputs.assignsRoles] == true {
            for permission in member.permissions(by: proposal.host, proposal.arguments) {
                let target = permission.place == .instance ? member.instance.id : member.account
                wanted.append((Self.assigns, target.text))
                if permission.role.builtInID == nil { wanted.append((Self.defines, Self.group(of: target))) }
            }
        }
        var seen: Set<String> = []
        var problems: [BackupError] = []
        for (action, scope) in wanted where seen.insert("\(action) \(scope.lowercased())").inserted {
            guard try await self.lacks(action, on: scope) else { continue }
            problems.append(
                BackupError(
                    .permissionDenied,
                    "This identity lacks the right \(action) on \(ShortID.title(of: scope)).",
                    remedy: action == Self.deploys
                        ? "Give it Contributor on the resource group."
                        : "Give it Role Based Access Control Administrator there (User Access Administrator to define roles), or "
                            + "let another team grant the roles: --set assign_roles=false, and apim-backup permissions."
                )
            )
        }
        return problems
    }

    private static func group(of id: ResourceID) -> String {
        "/subscriptions/\(id.subscription)/resourceGroups/\(id.resourceGroup)"
    }

    /// Whether the caller lacks a right.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource>
    private func lacks(_ action: String, on scope: String) async throws -> Bool {
        let path = "\(scope)/providers/Microsoft.Authorization/permissions"
        let answer = try await self.resources.send(.get, path, apiVersion: "2022-04-01", body: nil)
        // Who cannot be told its rights finds out by the deployment.
        guard answer.status == 200, let granted = answer.document?["value"]?.array else { return false }
        return !granted.contains { role in
            func covers(_ list: String) -> Bool {
                (role[list]?.array ?? []).compactMap(\.string).contains { ActionPattern($0).matches(action) }
            }
            return covers("actions") && !covers("notActions")
        }
    }
}
