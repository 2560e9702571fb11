import Testing

@testable import AzureClient

struct PercentEncodingTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String { self.text }
        var text: String
        var expected: String
    }

    static let cases = [
        Case(text: "aZ09-._~", expected: "aZ09-._~"),
        Case(text: "a b+c:d?e#f%", expected: "a%20b%2Bc%3Ad%3Fe%23f%25"),
        Case(text: "größe/ü", expected: "gr%C3%B6%C3%9Fe%2F%C3%BC"),
    ]

    @Test(arguments: cases)
    func encodesAndDecodes(_ test: Case) {
        #expect(test.text.percentEncoded() == test.expected)
        #expect(test.expected.percentDecoded == test.text)
    }

    @Test func `slashes stay where they are wanted`() {
        #expect("a/b c".percentEncoded(keepingSlashes: true) == "a/b%20c")
    }

    @Test(arguments: ["%", "%1", "%zz", "%ff"])
    func refuses(_ text: String) {
        #expect(text.percentDecoded == nil)
    }
}
