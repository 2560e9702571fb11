import BackupDomain
import FoundationEssentials
import Testing

@testable import AzureClient

struct BlobEndpointTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String { self.text }
        var text: String
        var expected: String
    }

    static let cases = [
        Case(text: "https://x.blob.core.windows.net/", expected: "https://x.blob.core.windows.net"),
        Case(text: "https://127.0.0.1:8443/other", expected: "https://127.0.0.1:8443/acct"),
        Case(text: "http://127.0.0.1:10000/other/", expected: "http://127.0.0.1:10000/acct"),
        Case(text: "https://127.0.0.1:8443", expected: "https://127.0.0.1:8443/acct"),
        Case(text: "http://localhost:10000/pre/other", expected: "http://localhost:10000/pre/acct"),
        Case(text: "https://[::1]:8443/other", expected: "https://[::1]:8443/acct"),
        Case(text: "https://10.0.0.5/other", expected: "https://10.0.0.5/acct"),
        Case(text: "https://blobs.example/base", expected: "https://blobs.example/base"),
    ]

    @Test(arguments: cases)
    func overrides(_ test: Case) throws {
        #expect(try BlobEndpoint.override(test.text, account: "acct").absoluteString == test.expected)
    }

    @Test(arguments: [
        "http://x.blob.core.windows.net", "http://10.0.0.5/a", "https://a.b/?sv=1&sig=hidden",
        "https://user:hidden@x.blob.core.windows.net", "https://user:p@hidden@x.blob.core.windows.net", "//hidden@x",
        "x.blob.core.windows.net", "",
    ])
    func refuses(_ text: String) {
        let error = #expect(throws: BackupError.self) { try BlobEndpoint.override(text, account: "acct") }
        #expect(error?.code == .invalidInput)
        #expect(error?.description.contains("hidden") == false)
    }

    @Test func `the standard endpoint follows the cloud`() throws {
        #expect(
            try BlobEndpoint.standard(account: "acct", cloud: Cloud.builtIn[2]).absoluteString
                == "https://acct.blob.core.chinacloudapi.cn"
        )
        #expect(throws: BackupError(.invalidInput, "")) {
            try BlobEndpoint.standard(account: "evil.example/", cloud: Cloud.builtIn[0])
        }
    }
}
