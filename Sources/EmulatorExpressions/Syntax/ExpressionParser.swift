import EmulatorRuntime

/// Reads the text of one expression, without the brackets or the sign that mark it as one.
///
/// Source: "Syntax and expressions in ARM templates": strings stand in single quotes, and a quote in one is doubled.
package struct ExpressionParser {
    /// How deep calls and brackets may be nested.
    private static let maximumDepth = 64

    private let characters: [Character]
    private var position = 0

    private init(_ text: Substring) { self.characters = Array(text) }

    /// Reads a whole text.
    ///
    /// - Parameter text: The expression.
    /// - Returns: The expression taken apart.
    /// - Throws: ``ExpressionMistake`` for the first place that is not one.
    package static func parse(_ text: some StringProtocol) throws(ExpressionMistake) -> ExpressionTree {
        var parser = ExpressionParser(Substring(text))
        let expression = try parser.expression(depth: 0)
        parser.skipSpace()
        guard parser.position == parser.characters.count else {
            throw parser.mistake("the expression should end before '\(parser.rest)'")
        }
        return expression
    }

    /// Reads the expression that a text begins with, up to a closing brace.
    ///
    /// - Parameter text: The text after `@{`.
    /// - Returns: The expression, and how many characters it takes with the brace.
    /// - Throws: ``ExpressionMistake`` where there is no expression, or no brace after it.
    package static func parseBraced(_ text: Substring) throws(ExpressionMistake) -> (ExpressionTree, length: Int) {
        var parser = ExpressionParser(text)
        let expression = try parser.expression(depth: 0)
        parser.skipSpace()
        guard parser.take("}") else { throw parser.mistake("a closing brace is missing") }
        return (expression, parser.position)
    }

    private mutating func expression(depth: Int) throws(ExpressionMistake) -> ExpressionTree {
        guard depth < Self.maximumDepth else { throw self.mistake("the expression is nested too deeply") }
        var expression = try self.primary(depth: depth)
        while true {
            self.skipSpace()
            let start = self.position
            let isSafe = self.take("?")
            if self.take(".") {
                // Azure writes a safe look-up of an element `.?[0]` in templates and `?[0]` in workflows.
                let isSafe = self.take("?") || isSafe
                if self.take("[") {
                    expression = try self.element(of: expression, isSafe: isSafe, depth: depth)
                } else {
                    expression = .member(of: expression, .value(.string(try self.identifier())), isSafe: isSafe)
                }
            } else if self.take("[") {
                expression = try self.element(of: expression, isSafe: isSafe, depth: depth)
            } else {
                self.position = start
                return expression
            }
        }
    }

    private mutating func element(
        of base: ExpressionTree,
        isSafe: Bool,
        depth: Int
    ) throws(ExpressionMistake) -> ExpressionTree {
        let key = try self.expression(depth: depth + 1)
        self.skipSpace()
        guard self.take("]") else { throw self.mistake("a closing bracket is missing") }
        return .member(of: base, key, isSafe: isSafe)
    }

    private mutating func primary(depth: Int) throws(ExpressionMistake) -> ExpressionTree {
        self.skipSpace()
        guard let next = self.peek else { throw self.mistake("an expression is missing") }
        if next == "'" { return .value(.string(try self.string())) }
        if next.isNumber || next == "-" { return .value(try self.number()) }
        var name = try self.identifier()
        self.skipSpace()
        // A function of a namespace of the template's own is called with a dot in its name.
        if self.peek == ".", let member = self.namespaced() { name += "." + member }
        guard self.take("(") else {
            switch name {
            case "true": return .value(true)
            case "false": return .value(false)
            case "null": return .value(nil)
            default: throw self.mistake("'\(name)' is not followed by parentheses")
            }
        }
        return .call(name, try self.arguments(depth: depth))
    }

    private mutating func namespaced() -> String? {
        let start = self.position
        _ = self.take(".")
        if let name = try? self.identifier(), self.peek == "(" { return name }
        self.position = start
        return nil
    }

    private mutating func arguments(depth: Int) throws(ExpressionMistake) -> [ExpressionTree] {
        self.skipSpace()
        if self.take(")") { return [] }
        var arguments: [ExpressionTree] = []
        repeat {
            arguments.append(try self.expression(depth: depth + 1))
            self.skipSpace()
        } while self.take(",")
        guard self.take(")") else { throw self.mistake("a comma or a closing parenthesis is missing") }
        return arguments
    }

    private mutating func string() throws(ExpressionMistake) -> String {
        self.position += 1
        var text = ""
        while let character = self.peek {
            self.position += 1
            guard character == "'" else {
                text.append(character)
                continue
            }
            guard self.take("'") else { return text }
            text.append("'")
        }
        throw self.mistake("a string is not closed")
    }

    private mutating func number() throws(ExpressionMistake) -> JSON {
        let start = self.position
        while let next = self.peek, next.isNumber || "+-.eE".contains(next) { self.position += 1 }
        let text = String(self.characters[start..<self.position])
        if let whole = Int(text) { return .integer(whole) }
        guard let value = Double(text), value.isFinite else { throw self.mistake("'\(text)' is not a number") }
        return .number(String(value))
    }

    private mutating func identifier() throws(ExpressionMistake) -> String {
        self.skipSpace()
        let start = self.position
        while let next = self.peek, next.isLetter || next.isNumber || next == "_" || next == "$" { self.position += 1 }
        guard self.position > start else { throw self.mistake("a name is expected before '\(self.rest)'") }
        return String(self.characters[start..<self.position])
    }

    private var rest: String { String(self.characters[min(self.position, self.characters.count)...].prefix(20)) }

    private var peek: Character? {
        self.position < self.characters.count ? self.characters[self.position] : nil
    }

    private mutating func take(_ character: Character) -> Bool {
        guard self.peek == character else { return false }
        self.position += 1
        return true
    }

    private mutating func skipSpace() {
        while let next = self.peek, next.isWhitespace { self.position += 1 }
    }

    private func mistake(_ message: String) -> ExpressionMistake {
        ExpressionMistake(position: self.position, message: message)
    }
}
