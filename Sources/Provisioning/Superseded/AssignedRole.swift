import BackupDomain
import Deployment

/// A role that an earlier deployment assigned, as Azure has it now.
struct AssignedRole: Sendable, Hashable {
    /// The assignment's id.
    var id: String
    /// What it is on.
    var scope: String
    /// The object id of who has it.
    var principal: String
    /// The role; nil for one that is none of those that our templates assign.
    var role: Role?

    /// Whether one of the roles that are to be there is this one.
    ///
    /// - Parameters:
    ///   - grants: The roles that are to be there.
    ///   - formerJob: The object id of the job's identity whose place another job takes; nil where none does.
    /// - Returns: Whether it stays.
    func isNeeded(by grants: [PlannedGrant], formerJob: String?) -> Bool {
        grants.contains { grant in
            guard grant.permission.role == self.role, self.isOn(grant.scope) else { return false }
            if grant.permission.holder == .job, self.isOf(formerJob) { return false }
            // Where the identity is still to be made, nobody knows better.
            return grant.holder.map { $0.lowercased() == self.principal.lowercased() } ?? true
        }
    }

    /// Whether a role that is to be there takes the place of this one: on the same thing, for the same one or for the next job.
    ///
    /// - Parameters:
    ///   - grants: The roles that are to be there.
    ///   - formerJob: The object id of the job's identity whose place another job takes; nil where none does.
    /// - Returns: Whether one does; else nothing needs what this role is for.
    func isReplaced(by grants: [PlannedGrant], formerJob: String?) -> Bool {
        grants.contains { grant in
            guard self.isOn(grant.scope) else { return false }
            if grant.permission.holder == .job, self.isOf(formerJob) { return true }
            return grant.holder.map { $0.lowercased() == self.principal.lowercased() } ?? true
        }
    }

    private func isOf(_ principal: String?) -> Bool { principal?.lowercased() == self.principal.lowercased() }

    private func isOn(_ scope: String) -> Bool { self.scope.lowercased() == scope.lowercased() }
}
