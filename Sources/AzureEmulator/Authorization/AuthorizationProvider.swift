import EmulatorRuntime
import Foundation
import HTTPTypes

/// The provider of role definitions, role assignments and locks; it extends every scope.
///
/// Source: "Role Assignments" and "Role Definitions", Authorization, API version 2022-04-01.
struct AuthorizationProvider: ResourceProvider {
    let namespace = "Microsoft.Authorization"
    let resourceTypes = ["roleAssignments", "roleDefinitions", "locks"]

    func resources(in state: CloudState) -> [ListedResource] { [] }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        switch (call.path.part(0), call.path.rest.count, call.request.method) {
        case ("roledefinitions"?, 1, .get): return try self.definitions(call)
        case ("roledefinitions"?, 2, .get): return try self.definition(call)
        case ("roledefinitions"?, 2, .put): return try RoleCreation(call: call, view: self.json).response()
        case ("roledefinitions"?, 2, .delete): return try RoleCreation(call: call, view: self.json).removal()
        case ("roleassignments"?, 1, .get): return try self.assignments(call)
        case ("roleassignments"?, 2, .get):
            return try call.cloud.read { state, now in .json(self.json(try self.find(call, "read", state, now))) }
        case ("roleassignments"?, 2, .put): return try RoleGrant(call: call, view: self.json).response()
        case ("roleassignments"?, 2, .delete): return try self.remove(call)
        case ("permissions"?, 1, .get): return self.permissions(call)
        case ("locks"?, 1...2, _): return try LockRoutes(call: call).response()
        case ("roledefinitions"?, 1...2, _), ("roleassignments"?, 1...2, _):
            throw ManagementError.methodNotAllowed(call.request.method)
        default:
            throw ManagementError.unknownType(call.path.rest[0], namespace: self.namespace, version: call.version)
        }
    }

    /// What the caller may do at the scope, one element for each role.
    ///
    /// Source: "Permissions - List For Resource", Authorization, API version 2022-04-01.
    private func permissions(_ call: ManagementCall) -> EmulatedResponse {
        call.cloud.read { state, now in
            let roles = state.access.roles(of: call.caller.objectID, at: call.path.scope, now: now)
            func list(_ actions: [String]) -> JSON { .array(actions.map(JSON.string)) }
            return .json([
                "value": .array(
                    roles.map { role in
                        [
                            "actions": list(role.actions), "notActions": list(role.notActions),
                            "dataActions": list(role.dataActions), "notDataActions": list(role.notDataActions),
                        ]
                    }
                )
            ])
        }
    }

    private func definitions(_ call: ManagementCall) throws -> EmulatedResponse {
        let filter = try EqualityFilter(call.request.query("$filter"))
        return try call.cloud.read { state, now in
            try call.require(
                "Microsoft.Authorization/roleDefinitions/read",
                at: call.path.scope,
                in: state,
                now: now
            )
            let name = filter.value(of: "roleName")
            let type = filter.value(of: "type")
            let definitions = state.access.definitions.values.filter { definition in
                (name.map { $0.caseInsensitiveCompare(definition.name) == .orderedSame } ?? true)
                    && (type.map { ($0.lowercased() == "builtinrole") == definition.isBuiltIn } ?? true)
            }
            return .json([
                "value": .array(definitions.sorted { $0.name < $1.name }.map { self.json($0, scope: call.path.scope) })
            ])
        }
    }

    private func definition(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            try call.require(
                "Microsoft.Authorization/roleDefinitions/read",
                at: call.path.scope,
                in: state,
                now: now
            )
            guard let definition = state.access.definitions[call.path.rest[1].lowercased()] else {
                throw ManagementError.roleDefinitionMissing(call.path.rest[1])
            }
            return .json(self.json(definition, scope: call.path.scope))
        }
    }

    private func assignments(_ call: ManagementCall) throws -> EmulatedResponse {
        let filter = try EqualityFilter(call.request.query("$filter"))
        return try call.cloud.read { state, now in
            try call.require(
                "Microsoft.Authorization/roleAssignments/read",
                at: call.path.scope,
                in: state,
                now: now
            )
            let principal = filter.value(of: "principalId") ?? filter.value(of: "assignedTo")
            let assignments = state.roleAssignments.values.filter { assignment in
                let isHere = assignment.scope.contains(call.path.scope)
                let isBelow = !filter.isAtScope && call.path.scope.contains(assignment.scope)
                return (isHere || isBelow)
                    && (principal.map { $0.caseInsensitiveCompare(assignment.principalID) == .orderedSame } ?? true)
            }
            return call.page(
                assignments.sorted { $0.id.path < $1.id.path }.map(self.json),
                size: state.world.rules.pageSize
            )
        }
    }

    private func find(
        _ call: ManagementCall,
        _ right: String,
        _ state: CloudState,
        _ now: Date
    ) throws(ManagementError) -> RoleAssignment {
        let name = call.path.rest[1]
        try call.require(
            "Microsoft.Authorization/roleAssignments/\(right)",
            at: call.path.scope,
            in: state,
            now: now
        )
        let id = call.path.scope.appending("providers/Microsoft.Authorization/roleAssignments/\(name)")
        guard let assignment = state.roleAssignments[id] else {
            throw ManagementError(
                status: .notFound,
                code: "RoleAssignmentNotFound",
                message: "The role assignment '\(name)' is not found."
            )
        }
        return assignment
    }

    private func remove(_ call: ManagementCall) throws -> EmulatedResponse {
        let removed: RoleAssignment? = try call.cloud.change { state, now in
            do {
                let assignment = try self.find(call, "delete", state, now)
                return ([.roleAssignmentRemoved(assignment.id)], assignment)
            } catch let error as ManagementError where error.status == .notFound {
                return ([], nil)
            }
        }
        // Source: "Role Assignments - Delete": 204 where there was none.
        return removed.map { .json(self.json($0)) } ?? EmulatedResponse(status: .noContent)
    }

    func json(_ assignment: RoleAssignment) -> JSON {
        let subscription = assignment.scope.subscriptionID.map { "/subscriptions/\($0)" } ?? ""
        return [
            "properties": [
                "roleDefinitionId": .string(
                    "\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(assignment.roleDefinitionID)"
                ),
                "principalId": .string(assignment.principalID), "principalType": .string(assignment.principalType),
                "scope": .string(assignment.scope.path), "condition": nil, "conditionVersion": nil,
                "createdOn": .string(Instant.text(assignment.createdAt)),
                "updatedOn": .string(Instant.text(assignment.createdAt)),
                "createdBy": .optional(assignment.createdBy), "updatedBy": .optional(assignment.createdBy),
                "delegatedManagedIdentityResourceId": nil, "description": nil,
            ],
            "id": .string(assignment.id.path), "type": "Microsoft.Authorization/roleAssignments",
            "name": .string(assignment.name),
        ]
    }

    private func json(_ definition: RoleDefinition, scope: Scope) -> JSON {
        let subscription = scope.subscriptionID.map { "/subscriptions/\($0)" } ?? ""
        return [
            "properties": [
                "roleName": .string(definition.name), "type": definition.isBuiltIn ? "BuiltInRole" : "CustomRole",
                "description": .string(definition.summary),
                "assignableScopes": .array(definition.assignableScopes.map(JSON.string)),
                "permissions": [
                    [
                        "actions": .array(definition.actions.map(JSON.string)),
                        "notActions": .array(definition.notActions.map(JSON.string)),
                        "dataActions": .array(definition.dataActions.map(JSON.string)),
                        "notDataActions": .array(definition.notDataActions.map(JSON.string)),
                    ]
                ],
            ],
            "id": .string("\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(definition.id)"),
            "type": "Microsoft.Authorization/roleDefinitions", "name": .string(definition.id),
        ]
    }
}

extension ManagementError {
    static func roleDefinitionMissing(_ id: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "RoleDefinitionDoesNotExist",
            message: "The specified role definition with ID '\(id)' does not exist."
        )
    }
}
