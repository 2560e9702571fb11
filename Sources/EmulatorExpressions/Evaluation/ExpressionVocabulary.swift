package import EmulatorRuntime

/// The functions of one language at one place.
package protocol ExpressionVocabulary {
    /// The language.
    var dialect: ExpressionDialect { get }

    /// Finds a function whose arguments are evaluated first.
    ///
    /// - Parameter name: The function's name in lower case.
    /// - Returns: The function, or nil where there is none.
    func function(named name: String) -> ExpressionFunction?

    /// Calls a function that looks at its arguments unevaluated, such as one that binds a variable.
    ///
    /// - Parameters:
    ///   - name: The function's name in lower case.
    ///   - arguments: The arguments as they were written.
    ///   - evaluator: What evaluates them.
    /// - Returns: The value, or nil where there is no such function.
    /// - Throws: ``ExpressionFailure`` where it has no value.
    func special(
        _ name: String,
        _ arguments: [ExpressionTree],
        in evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON?
}
