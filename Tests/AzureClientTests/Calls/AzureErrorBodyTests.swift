import BackupDomain
import FoundationEssentials
import Testing

@testable import AzureClient

struct AzureErrorBodyTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var json: String
        var code: String?
        var message: String?
    }

    static let cases = [
        Case(
            testDescription: "as API Management sends it",
            json:
                #"{"error":{"code":"InvalidParameters","message":"Invalid parameter: a\r\nParameter name: b","details":null,"innerError":null}}"#,
            code: "InvalidParameters",
            message: "Invalid parameter: a Parameter name: b"
        ),
        Case(testDescription: "without envelope", json: #"{"code":"C","message":"M"}"#, code: "C", message: "M"),
        Case(testDescription: "nulls", json: #"{"error":{"code":null,"message":null}}"#),
        Case(testDescription: "error is a text", json: #"{"error":"invalid_grant"}"#),
        Case(testDescription: "an array", json: "[1]"),
        Case(testDescription: "odd types", json: #"{"error":{"code":7,"message":{}}}"#),
        Case(testDescription: "empty", json: #"{"error":{"code":"","message":"  "}}"#),
    ]

    @Test(arguments: cases)
    func reads(_ test: Case) throws {
        let document = try JSONDecoder.stable().decode(JSONValue.self, from: Data(test.json.utf8))
        let body = AzureErrorBody(document)
        #expect(body.code == test.code)
        #expect(body.message == test.message)
    }

    @Test func `a long message is cut`() {
        let long = String(repeating: "x ", count: 5000)
        #expect(AzureErrorBody.folded(long)?.count == 2000)
    }

    @Test func `control characters do not reach a terminal`() {
        #expect(AzureErrorBody.folded("a\u{1b}[31mb\u{7}c") == "a [31mb c")
    }
}
