/// Why a credential could not even be tried, or is not what this machine has.
package struct CredentialUnavailable: Error, Sendable {
    /// The reason, as a clause without a full stop; never with a secret.
    package var reason: String

    /// Creates a value.
    package init(_ reason: String) { self.reason = reason }
}
