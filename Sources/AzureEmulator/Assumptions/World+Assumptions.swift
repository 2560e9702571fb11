extension World {
    /// Makes a world that gives other answers than the likely ones.
    ///
    /// - Parameter texts: `NAME=ANSWER` each; of two for the same name the later one counts.
    /// - Returns: The world.
    /// - Throws: ``AssumptionMistake`` where a text is of another form, or the emulator does not have the answer.
    package func assuming(_ texts: [String]) throws(AssumptionMistake) -> World {
        var world = self
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else {
                throw AssumptionMistake(
                    message: "'\(text)' is not of the form NAME=ANSWER; the names are "
                        + Assumption.all.map(\.name).joined(separator: ", ") + "."
                )
            }
            try Assumption.answer(parts[1], to: parts[0]).apply(&world)
        }
        return world
    }
}
