/// Why a program could not be run, or did not come to an end.
package struct CommandFailure: Error, Sendable {
    /// The reason, as a clause without a full stop.
    package var reason: String

    /// Creates a value.
    package init(_ reason: String) { self.reason = reason }
}
