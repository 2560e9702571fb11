/// A machine whose managed identities the identity endpoints hand out.
struct Machine: Sendable, Equatable, Codable {
    /// The object id of its system-assigned identity, where it has one.
    var systemPrincipalID: String?
    /// The resource ids of its user-assigned identities.
    ///
    /// The only one is also the one that is meant where a caller names none.
    var userAssigned: [Scope] = []
    /// What a caller must send as `X-IDENTITY-HEADER`.
    var identityHeader: String
    /// The resource that stands for the machine; nil for the virtual machine of the world.
    var resource: Scope?
}
