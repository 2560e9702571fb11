/// A place at which a text is not an expression.
package struct ExpressionMistake: Error, Sendable, Equatable {
    /// The position of the character, from 0, within the expression.
    package var position: Int
    /// What is wrong there, as a sentence without a full stop.
    package var message: String

    /// Creates a mistake.
    package init(position: Int, message: String) {
        self.position = position
        self.message = message
    }
}
