/// The version of a blob, as the blob service names it, quotes included.
package struct ETag: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The tag's text.
    package let text: String

    /// Wraps a tag.
    ///
    /// - Parameter text: The header's value.
    package init(_ text: String) { self.text = text }

    package init(from decoder: any Decoder) throws {
        self.text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }

    package var description: String { self.text }
}
