import EmulatorRuntime
import Foundation
import HTTPTypes

/// `PUT` and `DELETE …/roleDefinitions/GUID`: custom roles.
///
/// Source: "Role Definitions", Authorization, API version 2022-04-01; codes by "Troubleshoot Azure RBAC".
struct RoleCreation {
    let call: ManagementCall
    let view: (RoleDefinition, Scope) -> JSON

    func response() throws -> EmulatedResponse {
        let body = try self.call.body()
        let definition = try self.definition(body["properties"] ?? [:])
        let isNew = try self.call.cloud.change { state, now in
            for scope in definition.assignableScopes {
                try self.call.require(
                    "Microsoft.Authorization/roleDefinitions/write",
                    at: Scope(scope),
                    in: state,
                    now: now
                )
            }
            let old = state.access.definitions[definition.id]
            if old?.isBuiltIn == true {
                throw Self.refused("BuiltInRoleCannotBeModified", "Built-in roles cannot be changed.")
            }
            let namesake = state.access.definitions.values.first { other in
                other.id.lowercased() != definition.id
                    && other.name.caseInsensitiveCompare(definition.name) == .orderedSame
            }
            if let namesake {
                throw ManagementError(
                    status: .conflict,
                    code: "RoleDefinitionWithSameNameExists",
                    message:
                        "A custom role with the same name already exists in this directory. Use a different name; the "
                        + "role '\(namesake.id)' has it."
                )
            }
            return ([.roleDefinition(definition)], old == nil)
        }
        // Source: "Role Definitions - Create Or Update": 201 in either case; 200 is accepted by clients too.
        return .json(self.view(definition, self.call.path.scope), status: isNew ? .created : .ok)
    }

    func removal() throws -> EmulatedResponse {
        let id = self.call.path.rest[1].lowercased()
        let removed = try self.call.cloud.change { state, now in
            let action = "Microsoft.Authorization/roleDefinitions/delete"
            try self.call.require(action, at: self.call.path.scope, in: state, now: now)
            guard let role = state.access.definitions[id] else { return ([], nil as RoleDefinition?) }
            if role.isBuiltIn { throw Self.refused("BuiltInRoleCannotBeModified", "Built-in roles cannot be deleted.") }
            let assignments = state.roleAssignments.values.filter { $0.roleDefinitionID.lowercased() == id }
            guard assignments.isEmpty else {
                throw Self.refused(
                    "RoleDefinitionHasAssignments",
                    "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments)."
                )
            }
            return ([.roleDefinitionRemoved(id)], role)
        }
        return removed.map { .json(self.view($0, self.call.path.scope)) } ?? EmulatedResponse(status: .noContent)
    }

    private static func refused(_ code: String, _ message: String) -> ManagementError {
        ManagementError(status: .badRequest, code: code, message: message)
    }

    private func definition(_ properties: JSON) throws(ManagementError) -> RoleDefinition {
        let id = self.call.path.rest[1].lowercased()
        guard UUID(uuidString: id) != nil else {
            throw Self.refused(
                "InvalidRoleDefinitionId",
                "The role definition ID '\(id)' is not valid. The role definition ID must be a GUID."
            )
        }
        guard let name = properties.member("roleName")?.string, !name.isEmpty else {
            throw .invalidContent("properties.roleName is required")
        }
        let permissions = properties.member("permissions")?.array ?? []
        guard permissions.count <= 1 else { throw .notEmulated("roles with several sets of permissions") }
        let scopes = Self.strings(properties.member("assignableScopes"))
        guard !scopes.isEmpty else {
            throw Self.refused(
                "AssignableScopeNotSpecified",
                "The role definition needs at least one assignable scope."
            )
        }
        return RoleDefinition(
            id: id,
            name: name,
            summary: properties.member("description")?.string ?? "",
            actions: Self.strings(permissions.first?.member("actions")),
            notActions: Self.strings(permissions.first?.member("notActions")),
            dataActions: Self.strings(permissions.first?.member("dataActions")),
            notDataActions: Self.strings(permissions.first?.member("notDataActions")),
            assignableScopes: scopes
        )
    }

    private static func strings(_ json: JSON?) -> [String] { (json?.array ?? []).compactMap(\.string) }
}
