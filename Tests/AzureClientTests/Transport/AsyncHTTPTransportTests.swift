import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

@Suite(.timeLimit(.minutes(1)))
struct AsyncHTTPTransportTests {
    static func request(
        _ url: String,
        _ method: HTTPRequest.Method = .get,
        capInBytes: Int = 1000,
        deadline: Duration = .seconds(20)
    ) throws -> HTTPExchangeRequest {
        HTTPExchangeRequest(
            method: method,
            url: try #require(URL(string: url)),
            capInBytes: capInBytes,
            deadline: deadline
        )
    }

    /// Sends one request and gives the failure that it must end with.
    static func failure(
        of request: HTTPExchangeRequest,
        _ variables: [String: String] = [:]
    ) async throws -> TransportFailure {
        let failure = await #expect(throws: TransportFailure.self) {
            try await AsyncHTTPTransport.with(AzureEnvironment(variables)) { try await $0.send(request) }
        }
        return try #require(failure)
    }

    @Test func `an answer comes with its status, fields and body`() async throws {
        let answer = "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nx-ms-request-id: r\r\nContent-Length: 2\r\n\r\nhi"
        let (response, head) = try await RawServer.with(answer) { server in
            var request = try Self.request("http://127.0.0.1:\(server.port)/a%20b?x=%2B", .post)
            request.body = Data("body".utf8)
            request.fields[text: "x-one"] = "1"
            let response = try await AsyncHTTPTransport.with(AzureEnvironment([:])) { [request] in
                try await $0.send(request)
            }
            return (response, server.heads.all.first ?? "")
        }
        #expect(response.status == 429)
        #expect(response.retryAfter == .seconds(7))
        #expect(response.requestID == "r")
        #expect(response.body == Data("hi".utf8))
        #expect(head.hasPrefix("POST /a%20b?x=%2B HTTP/1.1\r\n"))
        #expect(head.lowercased().contains("x-one: 1\r\n"))
        #expect(head.lowercased().contains("content-length: 4\r\n"))
    }

    @Test func `HEAD tells a length past the cap without a body`() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\nETag: \"1\"\r\n\r\n"
        let response = try await RawServer.with(answer, then: .stay) { server in
            let request = try Self.request("http://127.0.0.1:\(server.port)/", .head)
            return try await AsyncHTTPTransport.with(AzureEnvironment([:])) { try await $0.send(request) }
        }
        #expect(response.fields[.contentLength] == "5000000")
        #expect(response.body.isEmpty)
    }

    @Test func `redirects are not followed`() async throws {
        let answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        let response = try await RawServer.with(answer) { server in
            let request = try Self.request("http://127.0.0.1:\(server.port)/")
            return try await AsyncHTTPTransport.with(AzureEnvironment([:])) { try await $0.send(request) }
        }
        #expect(response.status == 302)
    }

    struct Broken: CustomTestStringConvertible {
        var testDescription: String
        var answer: String
        var after = RawServer.After.close
        var deadline = Duration.seconds(20)
        var code: BackupError.Code
    }

    static let chunk = "400\r\n" + String(repeating: "x", count: 1024) + "\r\n"

    static let broken = [
        Broken(testDescription: "no answer", answer: "", code: .unreachable),
        Broken(
            testDescription: "cut in the body",
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
            code: .unreachable
        ),
        Broken(testDescription: "cut in the head", answer: "HTTP/1.1 200 OK\r\nConten", code: .unreachable),
        Broken(testDescription: "no HTTP", answer: "SSH-2.0-OpenSSH\r\n\r\n", code: .unreachable),
        Broken(
            testDescription: "silent",
            answer: "",
            after: .stay,
            deadline: .milliseconds(200),
            code: .timedOut
        ),
        Broken(
            testDescription: "silent in the body",
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
            after: .stay,
            deadline: .milliseconds(200),
            code: .timedOut
        ),
        Broken(
            testDescription: "too large",
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
            after: .stay,
            code: .answerTooLarge
        ),
        Broken(
            testDescription: "too large in chunks",
            answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)",
            after: .stay,
            code: .answerTooLarge
        ),
    ]

    @Test(arguments: broken)
    func mayHaveArrived(_ test: Broken) async throws {
        let (failure, port) = try await RawServer.with(test.answer, then: test.after) { server in
            let request = try Self.request(
                "http://127.0.0.1:\(server.port)/path?secret=hidden",
                deadline: test.deadline
            )
            return (try await Self.failure(of: request), server.port)
        }
        #expect(failure.error.code == test.code)
        #expect(failure.mayHaveArrived)
        #expect(failure.error.message.contains("http://127.0.0.1:\(port)"))
        #expect(!failure.error.description.contains("hidden"))
    }

    @Test func `a port where nobody listens was not reached`() async throws {
        // No other test's server gets a port so low.
        let failure = try await Self.failure(of: Self.request("http://127.0.0.1:1/"))
        #expect(failure.error.code == .unreachable)
        #expect(!failure.mayHaveArrived)
    }

    @Test func `a host that nobody knows was not reached`() async throws {
        let failure = try await Self.failure(of: Self.request("https://no-such-host.invalid/?sig=hidden"))
        #expect(failure.error.code == .hostNotFound)
        #expect(!failure.mayHaveArrived)
        #expect(failure.error.message.contains("no-such-host.invalid"))
        #expect(!failure.error.message.contains("hidden"))
    }

    @Test(arguments: [403, 407, 502])
    func aProxyRefuses(_ status: Int) async throws {
        let answer = "HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n"
        let (failure, heads) = try await RawServer.with(answer) { server in
            let failure = try await Self.failure(
                of: Self.request("https://management.azure.com/x"),
                ["HTTPS_PROXY": "http://me:pass@127.0.0.1:\(server.port)"]
            )
            return (failure, server.heads.all)
        }
        #expect(failure.error.code == .proxyRefused)
        #expect(!failure.mayHaveArrived)
        #expect(heads.first?.hasPrefix("CONNECT management.azure.com:443 HTTP/1.1\r\n") == true)
        #expect(heads.first?.lowercased().contains("proxy-authorization: basic bwu6cgfzcw==") == true)
    }

    @Test func `a proxy that is not there is named`() async throws {
        let port = try await RawServer.with("") { $0.port }
        let failure = try await Self.failure(
            of: Self.request("https://management.azure.com/x"),
            ["HTTPS_PROXY": "http://127.0.0.1:\(port)"]
        )
        #expect(failure.error.code == .unreachable)
        #expect(failure.error.message.contains("proxy 127.0.0.1"))
        #expect(!failure.mayHaveArrived)
    }

    @Test func `a certificate that nobody vouches for is refused, unless SSL_CERT_FILE does`() async throws {
        let certificate = try LoopbackCertificate()
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        try await RawServer.with(answer, tls: certificate.context) { server in
            let request = try Self.request("https://127.0.0.1:\(server.port)/")
            let failure = try await Self.failure(of: request)
            #expect(failure.error.code == .tlsFailed)
            #expect(failure.error.message.contains("not trusted"))
            #expect(failure.error.remedy?.contains("SSL_CERT_FILE") == true)
            #expect(!failure.mayHaveArrived)
            #expect(server.heads.all.isEmpty)

            let pem = certificate.pem
            let transport = try AsyncHTTPTransport(
                AzureEnvironment(["SSL_CERT_FILE": "/ca.pem"]),
                files: FileSource { _, _ in Data(pem.utf8) }
            )
            let response = try await transport.send(request)
            try await transport.shutdown()
            #expect(response.status == 200)
        }
    }

    @Test func `a server without TLS fails the handshake`() async throws {
        let failure = try await RawServer.with("HTTP/1.1 400 Bad\r\n\r\n", then: .closeAtOnce) { server in
            try await Self.failure(of: Self.request("https://127.0.0.1:\(server.port)/"))
        }
        #expect(failure.error.code == .tlsFailed)
        #expect(!failure.mayHaveArrived)
    }

    @Test(arguments: ["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    func aFileOfRootsThatHoldsNone(_ text: String) {
        let error = #expect(throws: BackupError.self) {
            try AsyncHTTPTransport(
                AzureEnvironment(["SSL_CERT_FILE": "/ca.pem"]),
                files: FileSource { _, _ in Data(text.utf8) }
            )
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.message.contains("/ca.pem") == true)
    }

    @Test func `a file of roots that is missing is named`() {
        let error = #expect(throws: BackupError.self) {
            try AsyncHTTPTransport(AzureEnvironment(["SSL_CERT_FILE": "/no/such/ca.pem"]))
        }
        #expect(error?.message.contains("/no/such/ca.pem") == true)
    }

    @Test func `a call that is cancelled says so`() async throws {
        try await RawServer.with("", then: .stay) { server in
            let request = try Self.request("http://127.0.0.1:\(server.port)/")
            try await AsyncHTTPTransport.with(AzureEnvironment([:])) { transport in
                let call = Task { try await transport.send(request) }
                call.cancel()
                await #expect(throws: CancellationError.self) { try await call.value }
            }
        }
    }
}
