/// One change of the cloud's state; the journal is a list of them, and of two changes of one thing the later wins.
enum CloudChange: Sendable, Equatable, Codable {
    /// The world was put in place; what it says about contents is not done again.
    case founded
    case instance(ApiManagementInstance)
    case operation(ServiceOperation)
    case roleAssignment(RoleAssignment)
    case roleAssignmentRemoved(Scope)
    case operationForgotten(String)
    case lock(ManagementLock)
    case lockRemoved(Scope)
}
