import Foundation
import Testing

@Suite("Pages about commands and errors")
struct DocumentTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../")
        .standardizedFileURL

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
    }

    @Test func `the reference of commands is the committed page`() async throws {
        let text = await CommandReference.markdown()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: Self.root.appending(path: "docs/cli.md"))
        }
        let page = try Self.text("docs/cli.md")
        #expect(page == text, "docs/cli.md is not what the help says: UPDATE_GOLDEN=1 make test writes it anew")
    }

    @Test func `every kind of error has a part of its own in the page on troubles`() throws {
        let page = try Self.text("docs/troubleshooting.md")
        let codes = try Self.text("Sources/BackupDomain/Errors/BackupError+Code.swift")
            .matches(of: /= Self\("(\w+)"\)/).map { String($0.output.1) }
        let parts = page.matches(of: /### `(\w+)`/).map { String($0.output.1) }
        #expect(codes.count > 40)
        #expect(Set(parts).count == parts.count)
        #expect(Set(parts).symmetricDifference(codes).sorted() == [])
    }

    @Test func `what the page on troubles quotes is what the program says`() throws {
        let said = try Self.sentences()
        let quoted = try Self.text("docs/troubleshooting.md").split(separator: "\n").filter { $0.hasPrefix("> ") }
            .map { String($0.dropFirst(2)) }
        #expect(quoted.count > 40)
        let strange = quoted.filter { said.range(of: $0) == nil }
        #expect(strange == [])
    }

    @Test func `every page is named in the index`() throws {
        let folder = Self.root.appending(path: "docs")
        let index = try Self.text("docs/README.md")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".md") && $0 != "README.md" }
        for page in pages { #expect(index.contains("(\(page))"), "docs/README.md does not name \(page)") }
    }

    /// All texts of the sources, in one: interpolations stand as an ellipsis, texts that are put together as one.
    private static func sentences() throws -> String {
        let sources = Self.root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        return try (files ?? []).filter { $0.pathExtension == "swift" && !$0.path.contains("/AzureEmulator/") }
            .map { Self.plain(try Data(contentsOf: $0)) }.joined(separator: "\n")
    }

    /// By bytes, since the sources are long.
    private static func plain(_ source: Data) -> String {
        let (ellipsis, joint) = (Array("…".utf8), Array("\"\n+ ".utf8))
        var (text, depth, last) = ([UInt8](), 0, UInt8(0))
        for byte in source {
            defer { last = byte }
            if depth > 0 {
                depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
            } else if byte == UInt8(ascii: "("), last == UInt8(ascii: "\\") {
                text.removeLast()
                // Several in a row are one for a reader.
                if text.last == UInt8(ascii: " "), text.dropLast().suffix(3).elementsEqual(ellipsis) {
                    text.removeLast()
                } else {
                    text += ellipsis
                }
                depth = 1
            } else if byte == UInt8(ascii: " "), text.last == UInt8(ascii: "\n") {
                continue
            } else if byte == UInt8(ascii: "\""), text.suffix(4).elementsEqual(joint) {
                text.removeLast(4)
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
