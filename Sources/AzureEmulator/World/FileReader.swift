import EmulatorRuntime
import Foundation
import Synchronization

/// Gathers the mistakes of one file while its fields are read.
final class FileReader {
    let file: String
    private let lines: [String: Int]
    private(set) var mistakes: [FileMistake] = []

    /// Parses a text.
    ///
    /// - Throws: ``FileMistakes`` where it is not JSON.
    init(file: String, text: Data, root: inout JSON) throws {
        self.file = file
        do {
            let document = try JSONParser.parse(text, keepsLines: true)
            self.lines = document.lines
            root = document.value
        } catch let mistake as JSONMistake {
            throw FileMistakes([FileMistake(file: file, line: mistake.line, field: "", message: mistake.message)])
        }
    }

    /// Reads a file whole.
    static func text(of file: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: file))
        } catch {
            throw FileMistakes([
                FileMistake(file: file, line: nil, field: "", message: "The file cannot be read.")
            ])
        }
    }

    func note(_ field: String, _ message: String) {
        self.mistakes.append(FileMistake(file: self.file, line: self.line(of: field), field: field, message: message))
    }

    /// The line of a field, or of the nearest thing around it that the file has.
    private func line(of field: String) -> Int? {
        var path = field[...]
        while self.lines[String(path)] == nil, let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) {
            path = path[..<end]
        }
        return self.lines[String(path)] ?? self.lines[""]
    }

    /// Throws the mistakes, where there are any.
    func finish() throws {
        guard !self.mistakes.isEmpty else { return }
        throw FileMistakes(self.mistakes.sorted { ($0.line ?? 0, $0.field) < ($1.line ?? 0, $1.field) })
    }
}
