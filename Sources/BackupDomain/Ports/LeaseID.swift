/// The proof of holding a blob's lease.
package struct LeaseID: Sendable, Hashable, CustomStringConvertible {
    /// The id's text, a UUID.
    package let text: String

    /// Wraps an id.
    ///
    /// - Parameter text: What the blob service gave.
    package init(_ text: String) { self.text = text }

    package var description: String { self.text }
}
