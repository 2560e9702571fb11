/// Where output goes, and what may be done to it there.
package struct Terminal: Sendable {
    /// What may be written with: colours, a line that is drawn over.
    package struct Abilities: Sendable, Hashable {
        /// Whether standard output may be coloured.
        package var colorsOutput: Bool
        /// Whether standard error may be coloured.
        package var colorsErrors: Bool
        /// Whether standard error is a terminal on which a live line may be drawn.
        package var drawsLive: Bool
        /// The width of the terminal in columns.
        package var columns: Int

        /// Creates a value; a plain file by default.
        package init(
            colorsOutput: Bool = false,
            colorsErrors: Bool = false,
            drawsLive: Bool = false,
            columns: Int = 100
        ) {
            self.colorsOutput = colorsOutput
            self.colorsErrors = colorsErrors
            self.drawsLive = drawsLive
            self.columns = columns
        }
    }

    /// What may be written with.
    package var abilities: Abilities
    private let output: @Sendable (String) -> Void
    private let error: @Sendable (String) -> Int

    /// Creates a terminal.
    ///
    /// - Parameters:
    ///   - abilities: What may be written with.
    ///   - output: Takes results.
    ///   - error: Takes everything else.
    package init(
        abilities: Abilities,
        output: @escaping @Sendable (String) -> Void,
        error: @escaping @Sendable (String) -> Void
    ) {
        self.init(abilities: abilities, output: output) { text -> Int in
            error(text)
            return 0
        }
    }

    /// Creates a terminal that may drop what nobody reads.
    ///
    /// - Parameters:
    ///   - abilities: What may be written with.
    ///   - output: Takes results.
    ///   - error: Takes everything else, and says how much was dropped before it.
    init(
        abilities: Abilities,
        output: @escaping @Sendable (String) -> Void,
        error: @escaping @Sendable (String) -> Int
    ) {
        self.abilities = abilities
        self.output = output
        self.error = error
    }

    /// The same without what is no result: where a log tells it.
    var withoutNotes: Self { Self(abilities: Abilities(), output: self.output, error: { _ in 0 }) }

    /// Writes a line of results.
    ///
    /// - Parameter line: The line, without its end.
    func print(_ line: String) { self.output(line + "\n") }

    /// Writes a line that is no result.
    ///
    /// - Parameter line: The line, without its end.
    func note(_ line: String) { _ = self.error(line + "\n") }

    /// Writes control characters and text as they are, for a live line.
    ///
    /// - Parameter text: The text.
    func draw(_ text: String) { _ = self.error(text) }

    /// Writes a line of the log.
    ///
    /// - Parameter line: The line, with its end.
    /// - Returns: How many lines before it were dropped, since nobody read them.
    func log(_ line: String) -> Int { self.error(line) }
}
