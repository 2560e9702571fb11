import BackupDomain
import Deployment

/// What a template may write, and which roles it may assign: the table, and no more.
struct RoleLint {
    /// A rule of ours.
    enum Rule: String, CaseIterable {
        /// The roles are those of the table, each on what it says, for whom and under which condition.
        case rolesAreThoseOfTheTable
        /// A name without the principal could not be assigned again after the job was made anew.
        case namesHoldThePrincipal
        /// Azure is told what the principal is: it may not know it yet.
        case principalTypeIsSaid
        /// Nothing that existed before is written.
        case nothingOfOthersIsWritten
        /// Everything waits for the look at the instance.
        case everythingWaitsForTheLook
    }

    /// A role assignment as the template has it.
    struct Assignment: Hashable {
        var role: String
        var scope: String
        var principal: String
        var condition: String?
    }

    private static let container = "blobServices/default/containers"
    private static let others = [
        "Microsoft.ApiManagement/service", "Microsoft.Storage/storageAccounts",
        "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/managementPolicies",
    ]

    private(set) var broken: Set<Rule> = []

    /// Checks a host's template.
    init(_ template: JSONValue, _ host: DeploymentHost) {
        let assignments = Self.resources(of: "Microsoft.Authorization/roleAssignments", in: template)
        if Set(assignments.map(Self.assignment)) != Self.table(host) { self.broken.insert(.rolesAreThoseOfTheTable) }
        for assignment in assignments {
            let name = assignment["name"]?.string ?? ""
            let holdsPrincipal = ["principal", "writer"].contains { name.contains("parameters('\($0)')") }
            if !name.hasPrefix("[guid(") || !holdsPrincipal { self.broken.insert(.namesHoldThePrincipal) }
            if assignment["properties"]?["principalType"]?.string != "ServicePrincipal" {
                self.broken.insert(.principalTypeIsSaid)
            }
        }
        if Self.others.contains(where: { !Self.resources(of: $0, in: template).isEmpty }) {
            self.broken.insert(.nothingOfOthersIsWritten)
        }
        let waiting = (template["resources"]?.array ?? []).dropFirst()
        if waiting.isEmpty || waiting.contains(where: { ($0["dependsOn"]?.array ?? []).isEmpty }) {
            self.broken.insert(.everythingWaitsForTheLook)
        }
    }

    private static func table(_ host: DeploymentHost) -> Set<Assignment> {
        let isWhole = "equals(parameters('storage_role_scope'), 'account')"
        func row(_ role: String, _ scope: String, _ principal: String, _ condition: String? = nil) -> Assignment {
            Assignment(role: role, scope: scope, principal: principal, condition: condition.map { "[\($0)]" })
        }
        let common: Set<Assignment> = [
            row("e022efe7", "service/{0}", "principal", "not(parameters('least_privilege'))"),
            row("guid", "service/{0}", "principal", "parameters('least_privilege')"),
            row("ba92f5b4", container, "writer", "and(parameters('assign_writer_role'), not(\(isWhole)))"),
            row("ba92f5b4", "storageAccounts/{0}", "writer", "and(parameters('assign_writer_role'), \(isWhole))"),
            row("2a2b9908", container, "principal"), row("guid", container, "principal", "parameters('deletes')"),
        ]
        return host == .containerAppJob ? common.union([row("ba92f5b4", container, "principal")]) : common
    }

    private static func assignment(_ resource: JSONValue) -> Assignment {
        let role = resource["properties"]?["roleDefinitionId"]?.string ?? ""
        let scope = resource["scope"]?.string ?? ""
        let principal = resource["properties"]?["principalId"]?.string ?? ""
        return Assignment(
            role: role.contains("guid(") ? "guid" : String(role.split(separator: "'").dropLast().last?.prefix(8) ?? ""),
            scope: [Self.container, "storageAccounts/{0}", "service/{0}"].first { scope.contains($0) } ?? scope,
            principal: principal.contains("'writer'") ? "writer" : "principal",
            condition: resource["condition"]?.string
        )
    }

    private static func resources(of type: String, in template: JSONValue) -> [JSONValue] {
        (template["resources"]?.array ?? []).flatMap { resource -> [JSONValue] in
            let own = resource["type"]?.string == type ? [resource] : []
            return own + (resource["properties"]?["template"].map { Self.resources(of: type, in: $0) } ?? [])
        }
    }
}
