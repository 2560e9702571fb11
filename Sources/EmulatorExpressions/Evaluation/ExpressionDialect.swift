/// The two languages whose expressions have the same grammar.
package enum ExpressionDialect: Sendable {
    /// Templates of the Resource Manager.
    case template
    /// Workflows of Logic Apps.
    case workflow

    /// Where messages send people for help.
    var helpLink: String {
        switch self {
        case .template: "https://aka.ms/arm-functions"
        case .workflow: "https://aka.ms/logicexpressions"
        }
    }

    /// Whether `if`, `and` and `or` leave alone what does not matter.
    ///
    /// Source: "Template functions for resources" says so of templates' `if`, and users report of workflows that both branches
    /// are evaluated (blog.kloud.com.au, 2017-10-17); `and` and `or` are inferred to be alike.
    var isLazy: Bool { self == .template }
}
