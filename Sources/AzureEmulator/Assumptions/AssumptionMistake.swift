/// An assumption or an answer that the emulator does not have.
package struct AssumptionMistake: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, and which names there are, as a sentence.
    package var message: String

    package var description: String { self.message }
}
