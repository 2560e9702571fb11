import BackupDomain
import Deployment
import Testing

@Suite("The roles that a template assigns")
struct RoleTableTests {
    /// A role assignment as the template has it.
    struct Assignment: Hashable {
        var role: String
        var scope: String
        var principal: String
        var condition: String?
    }

    @Test(arguments: DeploymentHost.allCases)
    func `are those of the table, and no more`(_ host: DeploymentHost) throws {
        let found = Set(Self.assignments(try host.parsed))
        let container = "blobServices/default/containers"
        var expected: Set<Assignment> = [
            Assignment(
                role: "e022efe7",
                scope: "service/{0}",
                principal: "principal",
                condition: "[not(parameters('least_privilege'))]"
            ),
            Assignment(
                role: "guid",
                scope: "service/{0}",
                principal: "principal",
                condition: "[parameters('least_privilege')]"
            ),
            Assignment(
                role: "ba92f5b4",
                scope: container,
                principal: "writer",
                condition:
                    "[and(parameters('assign_writer_role'), not(equals(parameters('storage_role_scope'), 'account')))]"
            ),
            Assignment(
                role: "ba92f5b4",
                scope: "storageAccounts/{0}",
                principal: "writer",
                condition:
                    "[and(parameters('assign_writer_role'), equals(parameters('storage_role_scope'), 'account'))]"
            ),
            Assignment(role: "2a2b9908", scope: container, principal: "principal", condition: nil),
            Assignment(role: "guid", scope: container, principal: "principal", condition: "[parameters('deletes')]"),
        ]
        if host == .containerAppJob {
            expected.insert(Assignment(role: "ba92f5b4", scope: container, principal: "principal", condition: nil))
        }
        #expect(found == expected)
    }

    @Test(arguments: DeploymentHost.allCases)
    func `have the principal in their names, and say what kind it is`(_ host: DeploymentHost) throws {
        for assignment in Self.resources(of: "Microsoft.Authorization/roleAssignments", in: try host.parsed) {
            let name = try #require(assignment["name"]?.string)
            #expect(name.hasPrefix("[guid("))
            #expect(name.contains("parameters('principal')") || name.contains("parameters('writer')"))
            #expect(assignment["properties"]?["principalType"]?.string == "ServicePrincipal")
        }
    }

    @Test(arguments: DeploymentHost.allCases)
    func `nothing that existed before is written`(_ host: DeploymentHost) throws {
        let never = [
            "Microsoft.ApiManagement/service", "Microsoft.Storage/storageAccounts",
            "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/managementPolicies",
        ]
        for type in never { #expect(Self.resources(of: type, in: try host.parsed).isEmpty) }
    }

    @Test(arguments: DeploymentHost.allCases)
    func `everything waits for the look at the instance`(_ host: DeploymentHost) throws {
        let resources = try #require(try host.parsed["resources"]?.array)
        for resource in resources.dropFirst() {
            let before = resource["dependsOn"]?.array ?? []
            #expect(!before.isEmpty, "\(resource["type"]?.string ?? "")")
        }
    }

    private static func assignments(_ template: JSONValue) -> [Assignment] {
        Self.resources(of: "Microsoft.Authorization/roleAssignments", in: template).map { resource in
            let role = resource["properties"]?["roleDefinitionId"]?.string ?? ""
            let scope = resource["scope"]?.string ?? ""
            let principal = resource["properties"]?["principalId"]?.string ?? ""
            return Assignment(
                role: role.contains("guid(")
                    ? "guid" : String(role.split(separator: "'").dropLast().last?.prefix(8) ?? ""),
                scope: ["blobServices/default/containers", "storageAccounts/{0}", "service/{0}"].first {
                    scope.contains($0)
                }
                    ?? scope,
                principal: principal.contains("'writer'") ? "writer" : "principal",
                condition: resource["condition"]?.string
            )
        }
    }

    private static func resources(of type: String, in template: JSONValue) -> [JSONValue] {
        (template["resources"]?.array ?? []).flatMap { resource -> [JSONValue] in
            let own = resource["type"]?.string == type ? [resource] : []
            return own + (resource["properties"]?["template"].map { Self.resources(of: type, in: $0) } ?? [])
        }
    }
}
