package import EmulatorRuntime

/// One expression of Azure's template and workflow languages, taken apart.
///
/// Source: "Syntax and expressions in ARM templates", "Reference guide to workflow expression functions": both have the same
/// grammar and differ in their functions.
package indirect enum ExpressionTree: Sendable, Equatable {
    /// A value that stands in the text.
    case value(JSON)
    /// A call of a function, whose name is as it was written.
    case call(String, [ExpressionTree])
    /// A member of an object or an element of an array; a safe one is null where there is nothing to look into.
    case member(of: ExpressionTree, ExpressionTree, isSafe: Bool)
}

extension ExpressionTree {
    /// All calls in the expression, outermost first.
    package var calls: [(name: String, arguments: [ExpressionTree])] {
        switch self {
        case .value: []
        case .call(let name, let arguments): [(name, arguments)] + arguments.flatMap(\.calls)
        case .member(let base, let key, _): base.calls + key.calls
        }
    }
}
