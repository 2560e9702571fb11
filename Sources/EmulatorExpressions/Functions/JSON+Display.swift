package import EmulatorRuntime
package import Foundation

extension JSON {
    /// The value as it stands in a text: a string as it is, nothing for null, everything else as JSON.
    ///
    /// Content that is not JSON, which workflows carry as an object with `$content`, is its own text.
    package var display: String {
        switch self {
        case .string(let text): text
        case .null: ""
        case .bool(let value): value ? "True" : "False"
        case .number, .array: self.text
        case .object: self.content.map { String(decoding: $0, as: UTF8.self) } ?? self.text
        }
    }

    /// The bytes of content that is not JSON: an object with `$content-type`, and `$content` in base64.
    package var content: Data? {
        guard self["$content-type"]?.string != nil, let text = self["$content"]?.string else { return nil }
        return Data(base64Encoded: text)
    }
}
