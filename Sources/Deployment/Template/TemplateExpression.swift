/// An expression of Resource Manager's template language, such as `parameters('apim_name')`.
///
/// Built from parts, so that what is text stays text: a quote in a literal cannot end it.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions>
package struct TemplateExpression: Sendable, Hashable {
    /// The expression without its brackets.
    package let text: String

    private init(_ text: String) { self.text = text }

    /// A string literal.
    ///
    /// - Parameter text: The string.
    /// - Returns: The literal, in quotes.
    package static func literal(_ text: String) -> Self {
        Self("'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'")
    }

    /// A whole number.
    ///
    /// - Parameter number: The number.
    /// - Returns: The literal.
    package static func number(_ number: Int) -> Self { Self("\(number)") }

    /// A parameter's value.
    ///
    /// - Parameter name: The parameter's name.
    /// - Returns: The expression.
    package static func parameter(_ name: String) -> Self { .call("parameters", .literal(name)) }

    /// A variable's value.
    ///
    /// - Parameter name: The variable's name.
    /// - Returns: The expression.
    package static func variable(_ name: String) -> Self { .call("variables", .literal(name)) }

    /// A call of a function.
    ///
    /// - Parameters:
    ///   - function: The function's name.
    ///   - arguments: Its arguments.
    /// - Returns: The expression.
    package static func call(_ function: String, _ arguments: Self...) -> Self {
        Self("\(function)(\(arguments.map(\.text).joined(separator: ", ")))")
    }

    /// A choice; only the branch that is taken is evaluated.
    ///
    /// - Parameters:
    ///   - condition: What decides.
    ///   - yes: The value where it holds.
    ///   - no: The value where it does not.
    /// - Returns: The expression.
    package static func choose(_ condition: Self, _ yes: Self, else no: Self) -> Self {
        .call("if", condition, yes, no)
    }

    /// A text with gaps, filled in as `{0}`, `{1}` and so on.
    ///
    /// - Parameters:
    ///   - pattern: The text.
    ///   - arguments: What fills the gaps.
    /// - Returns: The expression.
    package static func format(_ pattern: String, _ arguments: Self...) -> Self {
        Self("format(\(([Self.literal(pattern)] + arguments).map(\.text).joined(separator: ", ")))")
    }

    /// The id of a resource in the deployment's resource group, or in another one.
    ///
    /// - Parameters:
    ///   - group: The resource group's name; nil for the deployment's own.
    ///   - type: The full resource type.
    ///   - names: The names, one for each segment of the type behind the namespace.
    /// - Returns: The expression.
    package static func resourceID(in group: Self? = nil, _ type: String, _ names: Self...) -> Self {
        let arguments = [group].compactMap(\.self) + [.literal(type)] + names
        return Self("resourceId(\(arguments.map(\.text).joined(separator: ", ")))")
    }

    /// A property of the value.
    ///
    /// - Parameter path: The property's name, or several with dots in between.
    /// - Returns: The expression.
    package func property(_ path: String) -> Self { Self("\(self.text).\(path)") }
}
