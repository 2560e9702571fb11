package import BackupDomain

/// What somebody may do with something: the roles that count there.
///
/// Source: "Steps to determine if a user has access to a resource", Azure role-based access control; deny assignments and conditions
/// are not looked at.
package struct Rights: Sendable, Hashable {
    /// What one role allows.
    package struct Role: Sendable, Hashable {
        /// Actions of the management plane, as patterns.
        package var actions: [String]
        /// Those that are taken out again.
        package var notActions: [String]
        /// Actions with data.
        package var dataActions: [String]
        /// Those that are taken out again.
        package var notDataActions: [String]

        /// Reads an element of a list of permissions, or of a role definition's permissions.
        ///
        /// - Parameter document: The element.
        package init(_ document: JSONValue) {
            func texts(_ name: String) -> [String] { (document[name]?.array ?? []).compactMap(\.string) }
            self.actions = texts("actions")
            self.notActions = texts("notActions")
            self.dataActions = texts("dataActions")
            self.notDataActions = texts("notDataActions")
        }
    }

    /// The roles.
    package var roles: [Role]

    /// Creates a value.
    package init(roles: [Role]) { self.roles = roles }

    /// Whether an action of the management plane is allowed.
    ///
    /// - Parameter action: The action.
    /// - Returns: Whether a role allows it.
    package func allow(_ action: String) -> Bool {
        self.roles.contains { role in
            Self.covers(role.actions, action) && !Self.covers(role.notActions, action)
        }
    }

    /// Whether an action with data is allowed.
    ///
    /// - Parameter action: The action.
    /// - Returns: Whether a role allows it.
    package func allowData(_ action: String) -> Bool {
        self.roles.contains { role in
            Self.covers(role.dataActions, action) && !Self.covers(role.notDataActions, action)
        }
    }

    private static func covers(_ patterns: [String], _ action: String) -> Bool {
        patterns.contains { ActionPattern($0).matches(action) }
    }
}
