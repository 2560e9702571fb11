/// A value that must not be seen: printing, interpolating or dumping it shows three asterisks.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Wraps a secret.
    ///
    /// - Parameter value: The secret's text.
    package init(_ value: String) { self.value = value }

    /// Hands out the secret, for the one place that must send or sign with it.
    ///
    /// - Returns: The secret's text.
    package func reveal() -> String { self.value }

    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
