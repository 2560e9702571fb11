import Foundation
import Testing

/// Files that hold what output should be; `UPDATE_GOLDEN=1 make test` rewrites them.
enum Golden {
    static func expect(_ text: String, matches name: String, at location: SourceLocation = #_sourceLocation) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(
            text == (try String(contentsOf: file, encoding: .utf8)),
            "differs from \(name).txt",
            sourceLocation: location
        )
    }
}
