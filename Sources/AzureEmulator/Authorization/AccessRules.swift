import Foundation

/// Who may do what where: the pure decision over assignments and definitions.
///
/// Source: "Steps to determine if a user has access to a resource", Azure role-based access control; there are no
/// deny assignments here.
struct AccessRules: Sendable {
    /// All role assignments.
    var assignments: [RoleAssignment]
    /// All role definitions, by GUID in lower case.
    var definitions: [String: RoleDefinition]

    /// Whether a principal may do an action at a scope at an instant.
    func permits(
        _ principalID: String,
        action: String,
        isDataAction: Bool = false,
        at scope: Scope,
        now: Date
    ) -> Bool {
        self.assignments.contains { assignment in
            assignment.counts(for: principalID, at: now) && assignment.scope.contains(scope)
                && self.definitions[assignment.roleDefinitionID.lowercased()]?
                    .allows(action, isDataAction: isDataAction) == true
        }
    }

    /// The roles that a principal has at the scope or above it, by name.
    func roles(of principalID: String, at scope: Scope, now: Date) -> [RoleDefinition] {
        let held = self.assignments.filter { $0.counts(for: principalID, at: now) && $0.scope.contains(scope) }
        return Set(held.map { $0.roleDefinitionID.lowercased() }).compactMap { self.definitions[$0] }
            .sorted { $0.name < $1.name }
    }

    /// Whether a principal has any role at the scope or above it.
    func reaches(_ principalID: String, scope: Scope, now: Date) -> Bool {
        self.assignments.contains { $0.counts(for: principalID, at: now) && $0.scope.contains(scope) }
    }

    /// Whether a principal has any role at the scope, above it or below it; then it sees that the scope exists.
    func touches(_ principalID: String, scope: Scope, now: Date) -> Bool {
        self.assignments.contains { assignment in
            assignment.counts(for: principalID, at: now)
                && (assignment.scope.contains(scope) || scope.contains(assignment.scope))
        }
    }
}

extension RoleAssignment {
    fileprivate func counts(for principalID: String, at now: Date) -> Bool {
        self.principalID.caseInsensitiveCompare(principalID) == .orderedSame
            && self.effectiveAt.map { $0 <= now } ?? true
    }
}
