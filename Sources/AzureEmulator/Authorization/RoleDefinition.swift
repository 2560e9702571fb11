/// What a role allows.
struct RoleDefinition: Sendable, Equatable, Codable {
    /// The definition's GUID.
    var id: String
    /// The role's name, such as `Reader`.
    var name: String
    /// One sentence about it.
    var summary = ""
    /// Whether Azure made it, not the tenant.
    var isBuiltIn = false
    /// The allowed actions of the management plane; `*` stands for any text.
    var actions: [String] = []
    /// The actions that ``actions`` does not allow after all.
    var notActions: [String] = []
    /// The allowed actions on data.
    var dataActions: [String] = []
    /// The data actions that ``dataActions`` does not allow after all.
    var notDataActions: [String] = []
    /// Where a custom role may be assigned.
    var assignableScopes: [String] = ["/"]

    /// Whether the role allows an action.
    ///
    /// Source: "Understand Azure role definitions": not-actions are subtracted within one role only.
    func allows(_ action: String, isDataAction: Bool) -> Bool {
        let (allowed, except) =
            isDataAction ? (self.dataActions, self.notDataActions) : (self.actions, self.notActions)
        return allowed.contains { ActionPattern($0).matches(action) }
            && !except.contains { ActionPattern($0).matches(action) }
    }
}
