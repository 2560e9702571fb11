import EmulatorRuntime
import Foundation
import HTTPTypes

/// The `identity` of a resource's body: which managed identities it is to have.
///
/// Source: "Managed identities for Azure resources"; a caller must be allowed to assign each user-assigned identity that is new.
struct IdentityRequest {
    let call: ManagementCall
    let state: CloudState
    let now: Date
    /// Makes the object id of a system-assigned identity that is new.
    let makePrincipal: () -> String
    /// The provider's error for a field that is wrong.
    let refusal: (String) -> ManagementError

    /// The identities after the request.
    ///
    /// - Parameters:
    ///   - json: The `identity`.
    ///   - old: The identities before.
    ///   - replaces: Whether user-assigned identities that the request leaves out are taken away.
    ///   - resource: The resource's scope.
    ///   - action: The right that the caller has shown for the resource.
    /// - Returns: The identities.
    /// - Throws: The refusal of a field, or of a caller who may not assign an identity.
    func identities(
        _ json: JSON,
        over old: ManagedIdentities,
        replaces: Bool,
        of resource: Scope,
        action: String
    ) throws(ManagementError) -> ManagedIdentities {
        guard let type = json["type"]?.string else { throw self.refusal("identity.type") }
        let kinds = type.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        guard !kinds.isEmpty, kinds.allSatisfy({ ["none", "systemassigned", "userassigned"].contains($0) }) else {
            throw self.refusal("identity.type")
        }
        var identities = ManagedIdentities()
        if kinds.contains("systemassigned") {
            identities.systemPrincipalID = old.systemPrincipalID ?? self.makePrincipal()
        }
        guard kinds.contains("userassigned") else { return identities }
        identities.userAssigned = replaces ? [] : old.userAssigned
        for member in json["userAssignedIdentities"]?.object ?? [] {
            let id = Scope(member.name)
            identities.userAssigned.removeAll { $0 == id }
            if member.value.isNull { continue }
            guard self.state.userAssignedIdentity(id) != nil else {
                throw self.refusal("identity.userAssignedIdentities")
            }
            if !old.userAssigned.contains(id) { try self.requireAssignment(of: id, to: resource, action: action) }
            identities.userAssigned.append(id)
        }
        return identities
    }

    private func requireAssignment(of id: Scope, to resource: Scope, action: String) throws(ManagementError) {
        let type = "Microsoft.ManagedIdentity/userAssignedIdentities"
        let linked = "\(type)/assign/action"
        // Azure's own role for this has a segment more in the action, which stands for the identity.
        for action in [linked, "\(type)/\(id.segments.last ?? "")/assign/action"]
        where self.call.may(action, at: id, in: self.state, now: self.now) { return }
        throw .linkedAuthorizationFailed(self.call.caller, action: action, scope: resource, linked: linked, on: id)
    }
}

extension ManagementError {
    /// Source: code and words of public issue reports.
    static func linkedAuthorizationFailed(
        _ principal: Principal,
        action: String,
        scope: Scope,
        linked: String,
        on linkedScope: Scope
    ) -> ManagementError {
        ManagementError(
            status: .forbidden,
            code: "LinkedAuthorizationFailed",
            message:
                "The client '\(principal.clientID)' with object id '\(principal.objectID)' has permission to perform "
                + "action '\(action)' on scope '\(scope)'; however, it does not have permission to perform action(s) "
                + "'\(linked)' on the linked scope(s) '\(linkedScope)' (respectively) or the linked scope(s) are invalid."
        )
    }
}
