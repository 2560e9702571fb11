import Foundation

/// One role given to one principal at one scope.
struct RoleAssignment: Sendable, Equatable, Codable {
    /// The assignment's name, a GUID.
    var name: String
    /// Where it holds, and below.
    var scope: Scope
    /// The role definition's GUID.
    var roleDefinitionID: String
    /// The principal's object id.
    var principalID: String
    /// What the principal is, such as `ServicePrincipal`.
    var principalType = "ServicePrincipal"
    /// When it was made.
    var createdAt: Date
    /// From when on it counts; nil for always.
    var effectiveAt: Date?
    /// The object id of who made it, where somebody did.
    var createdBy: String?

    /// The resource id of the assignment itself.
    var id: Scope { self.scope.appending("providers/Microsoft.Authorization/roleAssignments/\(self.name)") }
}
