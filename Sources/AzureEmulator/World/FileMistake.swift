/// A mistake in a world or faults file: where it is, and what is wrong.
package struct FileMistake: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file as it was named.
    package var file: String
    /// The line, from 1; nil where the file could not be read at all.
    package var line: Int?
    /// The field, such as `instances[0].tier`; empty for the whole file.
    package var field: String
    /// What is wrong, as a sentence.
    package var message: String

    /// Creates a mistake.
    package init(file: String, line: Int?, field: String, message: String) {
        self.file = file
        self.line = line
        self.field = field
        self.message = message
    }

    /// File, line, field and message.
    package var description: String {
        let place = self.line.map { "\(self.file):\($0)" } ?? self.file
        return self.field.isEmpty ? "\(place): \(self.message)" : "\(place): \(self.field): \(self.message)"
    }
}
