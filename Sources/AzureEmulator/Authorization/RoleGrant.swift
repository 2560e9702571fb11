import EmulatorRuntime
import Foundation
import HTTPTypes

/// `PUT …/roleAssignments/GUID`: gives a role to a principal.
///
/// Source: "Role Assignments - Create", Authorization, API version 2022-04-01.
struct RoleGrant {
    let call: ManagementCall
    let view: (RoleAssignment) -> JSON

    func response() throws -> EmulatedResponse {
        let body = try self.call.body()
        let name = self.call.path.rest[1].lowercased()
        guard UUID(uuidString: name) != nil else {
            throw ManagementError(
                status: .badRequest,
                code: "InvalidRoleAssignmentId",
                message: "The role assignment ID '\(name)' is not valid. The role assignment ID must be a GUID."
            )
        }
        let assignment = try self.call.cloud.change { state, now in
            try self.call.require(
                "Microsoft.Authorization/roleAssignments/write",
                at: self.call.path.scope,
                in: state,
                now: now
            )
            let assignment = try self.assignment(name: name, body: body, state: state, now: now)
            if let old = state.roleAssignments[assignment.id], !self.isSame(old, assignment) {
                throw ManagementError(
                    status: .conflict,
                    code: "RoleAssignmentUpdateNotPermitted",
                    message: "Tenant ID, application ID, principal ID, and scope are not allowed to be updated."
                )
            }
            let twin = state.roleAssignments.values.first { $0.id != assignment.id && self.isSame($0, assignment) }
            guard twin == nil else {
                throw ManagementError(
                    status: .conflict,
                    code: "RoleAssignmentExists",
                    message: "The role assignment already exists."
                )
            }
            return ([.roleAssignment(assignment)], assignment)
        }
        return .json(self.view(assignment), status: .created)
    }

    private func isSame(_ left: RoleAssignment, _ right: RoleAssignment) -> Bool {
        left.scope == right.scope && left.roleDefinitionID.lowercased() == right.roleDefinitionID.lowercased()
            && left.principalID.lowercased() == right.principalID.lowercased()
    }

    private func assignment(
        name: String,
        body: JSON,
        state: CloudState,
        now: Date
    ) throws(ManagementError) -> RoleAssignment {
        guard let definition = body["properties"]?["roleDefinitionId"]?.string,
            let principal = body["properties"]?["principalId"]?.string
        else { throw .invalidContent("properties.roleDefinitionId and properties.principalId are required") }
        let definitionID = definition.split(separator: "/").last.map(String.init) ?? ""
        guard let role = state.access.definitions[definitionID.lowercased()] else {
            throw .roleDefinitionMissing(definitionID)
        }
        guard role.assignableScopes.contains(where: { Scope($0).contains(self.call.path.scope) }) else {
            // Azure's words for this are not known.
            throw ManagementError(
                status: .badRequest,
                code: "RoleAssignmentScopeNotAssignableToRoleDefinition",
                message:
                    "The role '\(role.name)' cannot be assigned at the scope '\(self.call.path.scope)', which is not "
                    + "among its assignable scopes."
            )
        }
        guard UUID(uuidString: principal) != nil else {
            throw ManagementError(
                status: .badRequest,
                code: "InvalidPrincipalId",
                message: "A valid principal ID must be provided."
            )
        }
        let delay = self.call.cloud.clock.scaled(.seconds(max(1, state.world.timings.rolePropagationSeconds)))
        return RoleAssignment(
            name: name,
            scope: self.call.path.scope,
            roleDefinitionID: definitionID,
            principalID: principal,
            principalType: body["properties"]?["principalType"]?.string ?? "ServicePrincipal",
            createdAt: now,
            effectiveAt: state.world.timings.rolePropagationSeconds > 0
                ? now.addingTimeInterval(Double(delay.components.seconds)) : nil,
            createdBy: self.call.caller.objectID
        )
    }
}
