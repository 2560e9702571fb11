import Foundation
import Testing

/// Files that hold what is sent; `UPDATE_GOLDEN=1 make test` rewrites them, and `make clients` holds them to the vendors'
/// own libraries.
enum Golden {
    static func expect(
        _ bytes: Data,
        matches name: String,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let document = try JSONSerialization.jsonObject(with: bytes)
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = try JSONSerialization.data(withJSONObject: document, options: options) + Data("\n".utf8)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).json")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try text.write(to: file) }
        let golden = try Data(contentsOf: file)
        #expect(text == golden, "differs from \(name).json", sourceLocation: location)
    }
}
