import EmulatorRuntime
import Foundation
import HTTPTypes

/// One call of the Resource Manager whose caller is known.
struct ManagementCall: Sendable {
    let request: EmulatedRequest
    let path: ManagementPath
    let caller: Principal
    let version: String
    let cloud: Cloud

    /// Throws where the caller may not do this here and now, or a lock forbids it to everybody.
    ///
    /// That the right is looked at before the lock is our choice; which of the two Azure tells first is not known.
    func require(
        _ action: String,
        at scope: Scope,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) {
        guard state.access.permits(self.caller.objectID, action: action, at: scope, now: now) else {
            throw .unauthorized(self.caller, action: action, scope: scope)
        }
        guard let operation = LockRules.operation(of: action) else { return }
        // What extends a scope, such as a role assignment, is asked for at that scope and refused under its own name.
        let target = scope == self.path.scope ? self.path.resourceScope ?? scope : scope
        let locks = LockRules(locks: Array(state.locks.values)).forbidding(operation, on: target)
        guard locks.isEmpty else { throw .scopeLocked(operation, target: target, by: locks) }
    }

    /// Whether the caller may do this here and now.
    func may(_ action: String, at scope: Scope, in state: CloudState, now: Date) -> Bool {
        state.access.permits(self.caller.objectID, action: action, at: scope, now: now)
    }

    /// The body as JSON.
    ///
    /// An absent body is an empty object.
    func body() throws(ManagementError) -> JSON {
        guard !self.request.body.isEmpty else { return [:] }
        do {
            return try JSONParser.parse(self.request.body).value
        } catch {
            throw .invalidContent("\(error)")
        }
    }

    /// One page of a list, with the `nextLink` to the following one.
    func page(_ items: [JSON], size: Int) -> EmulatedResponse {
        let start = min(max(0, self.request.query("$skiptoken").flatMap { Int($0) } ?? 0), items.count)
        let limit = self.request.query("$top").flatMap { Int($0) }.map { max(1, min($0, size)) } ?? size
        let end = min(items.count, start + limit)
        var body: JSON = ["value": .array(Array(items[start..<end]))]
        if end < items.count {
            let kept = self.request.rawQuery.split(separator: "&")
                .filter { !$0.lowercased().hasPrefix("$skiptoken=") && !$0.lowercased().hasPrefix("%24skiptoken=") }
            let query = (kept + ["$skiptoken=\(end)"]).joined(separator: "&")
            body["nextLink"] = .string("\(self.request.origin)\(self.request.rawPath)?\(query)")
        }
        return .json(body)
    }
}
