/// All mistakes of a world or faults file, one a line.
package struct FileMistakes: Error, Sendable, Equatable, CustomStringConvertible {
    /// The mistakes, in the order of the file.
    package var mistakes: [FileMistake]

    /// Creates a list of mistakes.
    package init(_ mistakes: [FileMistake]) { self.mistakes = mistakes }

    /// One line for each mistake.
    package var description: String { self.mistakes.map(\.description).joined(separator: "\n") }
}
