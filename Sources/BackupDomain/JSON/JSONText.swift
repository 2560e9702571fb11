package import FoundationEssentials

/// Documents as JSON text, in the form of ``Foundation/JSONEncoder/stable(pretty:)``: what the catalog keeps and Azure answers.
///
/// Written here because Foundation's coders take five times as long: the status of a thousand instances reads sixty thousand
/// runs. Instants are texts in UTC; `Data` and `URL` have no form of their own.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc8259>
package enum JSONText {
    /// Reads a document.
    ///
    /// - Parameter content: UTF-8 text, nested 512 deep at the most. Of two members of one name the first counts.
    /// - Returns: The document.
    /// - Throws: `DecodingError` where the text is no JSON, or holds a number that is too large.
    package static func value(_ content: Data) throws -> JSONValue { JSONValue(try JSONReader.node([UInt8](content))) }

    /// Reads a value of some type.
    ///
    /// - Parameters:
    ///   - type: The type.
    ///   - content: UTF-8 text.
    /// - Returns: The value.
    /// - Throws: `DecodingError` with the place that is wrong.
    package static func decode<Value: Decodable>(_ type: Value.Type, from content: Data) throws -> Value {
        try JSONReader.node([UInt8](content)).decoded(type, at: .root)
    }

    /// Writes a value, its members sorted by name.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - pretty: Whether to break lines and indent.
    /// - Returns: UTF-8 text.
    /// - Throws: `EncodingError` for a number that JSON cannot hold.
    package static func encode(_ value: some Encodable, pretty: Bool = false) throws -> Data {
        var writer = JSONWriter(isPretty: pretty)
        try writer.write(JSONValue(encoding: value))
        return Data(writer.bytes)
    }
}
