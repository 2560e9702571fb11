import EmulatorExpressions
import EmulatorRuntime
import Testing

@Suite("Expressions")
struct ExpressionParserTests {
    @Test(arguments: [
        ("f()", "f()"), (" f ( 1 , 'a''b' ) ", "f(1, 'a''b')"), ("f().a.b", "f()['a']['b']"),
        ("f()['a'][0]", "f()['a'][0]"), ("f()?['a']?.b", "f()?['a']?['b']"), ("f(-2)", "f(-2)"),
        ("ns.f(true, null)", "ns.f(true, null)"), ("f()[g('x')]", "f()[g('x')]"), ("f().?b", "f()?['b']"),
        ("'plain'", "'plain'"), ("f(1.5)", "f(1.5)"),
    ])
    func `an expression is read`(_ text: String, _ form: String) throws {
        #expect(try ExpressionParser.parse(text).description == form)
    }

    @Test(arguments: [
        "", "f", "f(", "f(1", "f(1,)", "f() g()", "'open", "f().", "f()[1", "f(1e999)", "f)", "a.b", "f(#)",
    ])
    func `what is no expression is refused`(_ text: String) {
        #expect(throws: ExpressionMistake.self) { try ExpressionParser.parse(text) }
    }

    @Test func `nesting has an end`() {
        let text = String(repeating: "f(", count: 500) + String(repeating: ")", count: 500)
        #expect(throws: ExpressionMistake.self) { try ExpressionParser.parse(text) }
    }

    @Test func `a braced expression ends at its brace, not at one within a string`() throws {
        let (expression, length) = try ExpressionParser.parseBraced("f('}') } rest")
        #expect(expression.description == "f('}')")
        #expect(length == 8)
    }
}
