package import EmulatorRuntime

/// A function whose arguments are all evaluated before it is called.
package struct ExpressionFunction: Sendable {
    /// How many arguments it takes.
    package let arity: ClosedRange<Int>
    /// What it does.
    package let body: @Sendable (ExpressionArguments) throws(ExpressionFailure) -> JSON

    /// Creates a function.
    ///
    /// - Parameters:
    ///   - arity: How many arguments it takes.
    ///   - body: What it does with them.
    package init(
        _ arity: ClosedRange<Int>,
        _ body: @escaping @Sendable (ExpressionArguments) throws(ExpressionFailure) -> JSON
    ) {
        self.arity = arity
        self.body = body
    }

    /// The arity of functions that take any number of arguments from a least one on.
    ///
    /// - Parameter least: The least number.
    /// - Returns: The range.
    package static func atLeast(_ least: Int) -> ClosedRange<Int> { least...1_000_000 }
}
