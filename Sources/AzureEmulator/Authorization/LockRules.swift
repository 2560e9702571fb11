import HTTPTypes

/// Which locks stand in the way of an action: the pure decision over all locks.
///
/// Source: "Lock your resources to protect your infrastructure": a lock holds for everything below it; `ReadOnly` forbids
/// whatever writes, and every action by POST, also one that only reads, such as the list of a storage account's keys;
/// `CanNotDelete` forbids deletions. Locks bear on the Resource Manager alone, not on what lies in a resource.
struct LockRules: Sendable {
    /// What an action does, as the Resource Manager's refusal names it.
    enum Operation: String, Sendable {
        case write
        case delete
    }

    let locks: [ManagementLock]

    /// What an action does; nil where no lock can forbid it.
    ///
    /// Locks themselves are made and removed under any lock; a `ReadOnly` lock could not be taken away otherwise.
    static func operation(of action: String) -> Operation? {
        let action = action.lowercased()
        if action.hasSuffix("/read") || action.hasPrefix("microsoft.authorization/locks/") { return nil }
        return action.hasSuffix("/delete") ? .delete : .write
    }

    /// The locks that forbid an operation on a target.
    ///
    /// Source: a group with a locked resource in it cannot be deleted; that a lock below a single resource keeps it too is
    /// inferred.
    func forbidding(_ operation: Operation, on target: Scope) -> [ManagementLock] {
        self.locks.filter { lock in
            switch operation {
            case .write: lock.level == .readOnly && lock.scope.contains(target)
            case .delete: lock.scope.contains(target) || target.contains(lock.scope)
            }
        }.sorted { $0.id.path < $1.id.path }
    }
}

extension ManagementError {
    /// The refusal of an operation on a target, which names the scopes that are locked.
    ///
    /// Source: the code and words in public issue reports, such as azure-sdk-for-java#2560 (keys of a storage account) and
    /// apiops#606 (API Management). How several scopes are separated is not known.
    static func scopeLocked(
        _ operation: LockRules.Operation,
        target: Scope,
        by locks: [ManagementLock]
    ) -> ManagementError {
        var scopes: [String] = []
        for lock in locks where !scopes.contains("'\(lock.scope)'") { scopes.append("'\(lock.scope)'") }
        return ManagementError(
            status: .conflict,
            code: "ScopeLocked",
            message:
                "The scope '\(target)' cannot perform \(operation.rawValue) operation because following scope(s) are "
                + "locked: \(scopes.joined(separator: ",")). Please remove the lock and try again."
        )
    }
}
