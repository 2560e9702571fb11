package import EmulatorExpressions
package import EmulatorRuntime

/// Tells the expressions of a template from its plain texts.
///
/// Source: "Syntax and expressions in ARM templates": an expression stands in brackets, and a doubled one is a plain bracket.
package enum TemplateText {
    /// Takes a string of a template apart.
    ///
    /// - Parameter text: The string.
    /// - Returns: The expression; a plain text is a value.
    /// - Throws: ``TemplateMistake`` where the brackets do not hold an expression.
    package static func expression(in text: String) throws(TemplateMistake) -> ExpressionTree {
        guard text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 else { return .value(.string(text)) }
        if text.hasPrefix("[[") { return .value(.string(String(text.dropFirst()))) }
        do throws(ExpressionMistake) {
            return try ExpressionParser.parse(text.dropFirst().dropLast())
        } catch {
            throw .invalid(
                "The template language expression '\(text)' is not valid: \(error.message) (position "
                    + "\(error.position + 1)). Please see https://aka.ms/arm-template-expressions for usage details."
            )
        }
    }

    /// All expressions in a value, the names of members included; what is not one is passed over.
    ///
    /// - Parameter value: The value.
    /// - Returns: The expressions.
    package static func expressions(in value: JSON) -> [ExpressionTree] {
        switch value {
        case .string(let text): (try? Self.expression(in: text)).map { [$0] } ?? []
        case .array(let elements): elements.flatMap(Self.expressions)
        case .object(let members):
            members.flatMap { Self.expressions(in: .string($0.name)) + Self.expressions(in: $0.value) }
        default: []
        }
    }
}
