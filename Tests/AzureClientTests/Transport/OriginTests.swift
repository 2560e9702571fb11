import BackupDomain
import FoundationEssentials
import Testing

@testable import AzureClient

struct OriginTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var expected: String?
    }

    static let cases = [
        Case(
            testDescription: "usual port",
            text: "https://Management.Azure.com/x?y#z",
            expected: "https://management.azure.com"
        ),
        Case(testDescription: "written port", text: "https://a.b:443", expected: "https://a.b"),
        Case(testDescription: "other port", text: "https://a.b:8443/", expected: "https://a.b:8443"),
        Case(testDescription: "plain", text: "http://127.0.0.1:80", expected: "http://127.0.0.1"),
        Case(testDescription: "IPv6", text: "https://[::1]:9000/a", expected: "https://[::1]:9000"),
        Case(testDescription: "user information", text: "https://management.azure.com@evil.example/", expected: nil),
        Case(testDescription: "other scheme", text: "ftp://a.b", expected: nil),
        Case(testDescription: "no host", text: "https:///x", expected: nil),
        Case(testDescription: "relative", text: "/subscriptions", expected: nil),
    ]

    @Test(arguments: cases)
    func reads(_ test: Case) {
        #expect(Origin(test.text)?.description == test.expected)
    }

    @Test func `hosts that only begin alike are different`() {
        let own = Origin(host: "management.azure.com")
        #expect(Origin("https://management.azure.com.evil.example/") != own)
        #expect(Origin("http://management.azure.com/") != own)
        #expect(Origin("https://MANAGEMENT.azure.com:443/") == own)
    }

    @Test func `a path cannot lead to another origin`() {
        #expect(throws: BackupError(.invalidInput, "")) { try Origin(host: "a.b").url("@evil.example/") }
        #expect(throws: BackupError(.invalidInput, "")) { try Origin(host: "a.b").url(".evil.example/") }
    }

    struct Plain: CustomTestStringConvertible {
        var testDescription: String { self.text + (self.linkLocal ? " for identities" : "") }
        var text: String
        var linkLocal = false
        var allowed: Bool
    }

    static let plain = [
        Plain(text: "https://a.b", allowed: true),
        Plain(text: "http://a.b", allowed: false),
        Plain(text: "http://localhost:1", allowed: true),
        Plain(text: "http://127.9.9.9:1", allowed: true),
        Plain(text: "http://[::1]:1", allowed: true),
        Plain(text: "http://[::ffff:127.0.0.1]:1", allowed: true),
        Plain(text: "http://128.0.0.1", allowed: false),
        Plain(text: "http://127.0.0.1.evil.example", allowed: false),
        Plain(text: "http://localhost.evil.example", allowed: false),
        Plain(text: "http://169.254.169.254", allowed: false),
        Plain(text: "http://169.254.169.254", linkLocal: true, allowed: true),
        Plain(text: "http://169.253.169.254", linkLocal: true, allowed: false),
        Plain(text: "http://10.0.0.4", linkLocal: true, allowed: false),
    ]

    @Test(arguments: plain)
    func keepsSecretsOffTheNetwork(_ test: Plain) throws {
        let origin = try #require(Origin(test.text))
        let isAllowed = (try? origin.requireConfidential("It", linkLocal: test.linkLocal)) != nil
        #expect(isAllowed == test.allowed)
    }
}
