/// A place at which a text is not JSON.
package struct JSONMistake: Error, Equatable, CustomStringConvertible {
    /// The line, from 1.
    package var line: Int
    /// What is wrong there, as a sentence without a full stop.
    package var message: String

    /// Creates a mistake.
    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }

    /// Line and message.
    package var description: String { "line \(self.line): \(self.message)" }
}
