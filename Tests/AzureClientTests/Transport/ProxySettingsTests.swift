import BackupDomain
import Testing

@testable import AzureClient

struct ProxySettingsTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String { "\(self.origin) past '\(self.exceptions)'" }
        var exceptions: String
        var origin: String
        var isProxied: Bool
    }

    static let cases = [
        Case(exceptions: "", origin: "https://management.azure.com", isProxied: true),
        Case(exceptions: "", origin: "https://localhost:8443", isProxied: false),
        Case(exceptions: "", origin: "https://127.0.0.1:8443", isProxied: false),
        Case(exceptions: "", origin: "https://[::1]:8443", isProxied: false),
        Case(exceptions: "", origin: "http://169.254.169.254", isProxied: false),
        Case(exceptions: "*", origin: "https://management.azure.com", isProxied: false),
        Case(exceptions: "azure.com", origin: "https://management.azure.com", isProxied: false),
        Case(exceptions: ".azure.com", origin: "https://management.azure.com", isProxied: false),
        Case(exceptions: "*.azure.com", origin: "https://management.azure.com", isProxied: false),
        Case(exceptions: ".azure.com", origin: "https://azure.com", isProxied: false),
        Case(exceptions: "azure.com", origin: "https://notazure.com", isProxied: true),
        Case(exceptions: "AZURE.com, other.example", origin: "https://management.azure.com", isProxied: false),
        Case(exceptions: "azure.com:8443", origin: "https://management.azure.com", isProxied: true),
        Case(exceptions: "azure.com:8443", origin: "https://management.azure.com:8443", isProxied: false),
        Case(exceptions: "10.0.0.0/8", origin: "https://10.200.1.1", isProxied: false),
        Case(exceptions: "10.0.0.0/8", origin: "https://11.200.1.1", isProxied: true),
        Case(exceptions: "10.1.1.1", origin: "https://10.1.1.1", isProxied: false),
        Case(exceptions: "10.1.1.1:444", origin: "https://10.1.1.1", isProxied: true),
        Case(exceptions: "fd00::/8", origin: "https://[fd12::1]", isProxied: false),
        Case(exceptions: "[fd12::1]:444", origin: "https://[fd12::1]:444", isProxied: false),
        Case(exceptions: "[fd12::1]:444", origin: "https://[fd12::1]", isProxied: true),
        Case(exceptions: "10.0.0.0/x", origin: "https://10.0.0.1", isProxied: true),
        Case(exceptions: ",,", origin: "https://management.azure.com", isProxied: true),
    ]

    @Test(arguments: cases)
    func picksTheWay(_ test: Case) throws {
        let settings = try ProxySettings(
            AzureEnvironment(["HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": test.exceptions])
        )
        let origin = try #require(Origin(test.origin))
        #expect((settings.server(for: origin) != nil) == test.isProxied)
    }

    @Test func `the lower-case name wins, and user and password are decoded`() throws {
        let settings = try ProxySettings(
            AzureEnvironment(["HTTPS_PROXY": "http://upper:1", "https_proxy": "http://us%20er:p%40ss@lower:2"])
        )
        let server = try #require(settings.anyServer)
        #expect(server.host == "lower")
        #expect(server.port == 2)
        #expect(server.user == "us er")
        #expect(server.password?.reveal() == "p@ss")
    }

    @Test func `a host and a port are enough`() throws {
        let server = try #require(try ProxySettings(AzureEnvironment(["HTTPS_PROXY": "proxy:3128"])).anyServer)
        #expect(server.host == "proxy")
        #expect(server.port == 3128)
    }

    @Test func `what is no proxy is refused without showing it`() {
        let error = #expect(throws: BackupError.self) {
            try ProxySettings(AzureEnvironment(["HTTPS_PROXY": "socks5://me:hidden@proxy"]))
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.description.contains("HTTPS_PROXY") == true)
        #expect(error?.description.contains("hidden") == false)
    }
}
