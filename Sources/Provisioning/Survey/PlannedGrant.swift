package import Deployment

/// A role that is to be there after a deployment, on something that was found.
package struct PlannedGrant: Sendable, Hashable {
    /// Which role, for whom and why.
    package var permission: Permission
    /// The id of what it is on.
    package var scope: String
    /// The object id of who gets it; nil where the identity is still to be made.
    package var holder: String?
    /// Whether somebody else assigned it already, and it is left as it is.
    package var isLeft: Bool
}
