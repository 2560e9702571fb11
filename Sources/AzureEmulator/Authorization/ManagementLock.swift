/// A lock on a subscription, a resource group or a resource; it holds for everything below.
struct ManagementLock: Sendable, Equatable, Codable {
    /// The levels that Azure knows.
    ///
    /// Source: "Lock your resources to protect your infrastructure".
    enum Level: String, Sendable, Codable, CaseIterable {
        case canNotDelete = "CanNotDelete"
        case readOnly = "ReadOnly"
    }

    /// The lock's name.
    var name: String
    /// What is locked, with all below it.
    var scope: Scope
    /// What the lock forbids.
    var level: Level
    /// What its maker wrote about it.
    var notes: String?

    /// The resource id of the lock itself.
    var id: Scope { self.scope.appending("providers/Microsoft.Authorization/locks/\(self.name)") }
}
