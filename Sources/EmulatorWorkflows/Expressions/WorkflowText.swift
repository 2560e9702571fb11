import EmulatorExpressions
import EmulatorRuntime

/// A string of a workflow, taken apart.
///
/// Source: "Schema reference for the Workflow Definition Language", expressions: a string that begins with `@` is an
/// expression, `@{…}` is put into a text, and a doubled `@` is a plain one.
enum WorkflowText: Equatable {
    case plain(String)
    case expression(ExpressionTree)
    case filled([Part])

    /// One part of a text that expressions are put into.
    enum Part: Equatable {
        case text(String)
        case expression(ExpressionTree)
    }

    /// Reads a string; an expression in it that is not one is a mistake.
    static func read(_ text: String) throws(WorkflowMistake) -> WorkflowText {
        guard text.contains("@") else { return .plain(text) }
        do throws(ExpressionMistake) {
            if text.hasPrefix("@"), !text.hasPrefix("@@"), !text.hasPrefix("@{") {
                return .expression(try ExpressionParser.parse(text.dropFirst()))
            }
            return try Self.parts(text)
        } catch {
            throw .invalid(
                "The template language expression '\(text)' is not valid: \(error.message). Please see "
                    + "https://aka.ms/logicexpressions for usage details."
            )
        }
    }

    private static func parts(_ text: String) throws(ExpressionMistake) -> WorkflowText {
        var parts: [Part] = []
        var plain = ""
        var rest = text.hasPrefix("@@") && !text.hasPrefix("@@{") ? text.dropFirst() : text[...]
        while let next = rest.first {
            if rest.hasPrefix("@@{") {
                plain += "@{"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("@{") {
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = ""
                let (tree, length) = try ExpressionParser.parseBraced(rest.dropFirst(2))
                parts.append(.expression(tree))
                rest = rest.dropFirst(2 + length)
            } else {
                plain.append(next)
                rest = rest.dropFirst()
            }
        }
        if parts.isEmpty { return .plain(plain) }
        if !plain.isEmpty { parts.append(.text(plain)) }
        return .filled(parts)
    }

    /// All calls of functions in it.
    var calls: [(name: String, arguments: [ExpressionTree])] {
        switch self {
        case .plain: return []
        case .expression(let tree): return tree.calls
        case .filled(let parts):
            return parts.flatMap { part in
                if case .expression(let tree) = part { return tree.calls }
                return []
            }
        }
    }
}
