/// Why an expression has no value.
package struct ExpressionFailure: Error, Sendable, Equatable {
    /// What is wrong, as a sentence with a full stop.
    package var message: String
    /// Whether it has one later, when the resources that it refers to are there.
    package var isDeferred: Bool

    /// Creates a failure.
    package init(_ message: String, isDeferred: Bool = false) {
        self.message = message
        self.isDeferred = isDeferred
    }
}
