import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// How workflows carry content that is not JSON: an object with `$content-type`, and `$content` in base64.
///
/// Source: "Content types in Azure Logic Apps".
enum WorkflowContent {
    static func json(_ data: Data, type: String) -> JSON {
        ["$content-type": .string(type), "$content": .string(data.base64EncodedString())]
    }

    static func xml(_ element: XMLElement) -> JSON {
        Self.json(Data(XMLText.text(of: element).utf8), type: "application/xml;charset=utf-8")
    }

    /// The body of an answer as expressions see it.
    static func body(_ data: Data, type: String?) -> JSON? {
        guard !data.isEmpty else { return nil }
        let media = (type ?? "").prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        if media == "application/json" || media.hasSuffix("+json") {
            // What is called JSON and is none stays a text.
            return (try? JSONParser.parse(data).value) ?? .string(String(decoding: data, as: UTF8.self))
        }
        if media.hasPrefix("text/"), !media.hasSuffix("/xml") { return .string(String(decoding: data, as: UTF8.self)) }
        return Self.json(data, type: type ?? "application/octet-stream")
    }

    /// The bytes of a body that an action sends, and their type where they have one of their own.
    static func bytes(of body: JSON?) -> (data: Data, type: String?) {
        switch body {
        case nil, .null?: return (Data(), nil)
        case .string(let text)?: return (Data(text.utf8), nil)
        case let body?:
            if let content = body.content { return (content, body["$content-type"]?.string) }
            return (body.data, "application/json; charset=utf-8")
        }
    }
}
