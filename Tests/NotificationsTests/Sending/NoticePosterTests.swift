import AzureClient
import BackupDomain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Notifications

@Suite("Posting notices")
struct NoticePosterTests {
    static let secret = "XyZabcdefghijkl"
    static let url = "https://hooks.example.com/services/T0000/\(secret)?sig=\(secret)"

    static func post(_ answers: [Result<HTTPExchangeResponse, TransportFailure>]) async throws -> Int {
        let transport = ScriptedTransport(answers)
        let channel = ChatChannel(
            name: "ops",
            chat: .slack,
            url: try SecretURL(Self.url, for: "the channel 'ops'"),
            poster: Notices.poster(transport)
        )
        try await channel.send(Notices.test)
        return transport.requests.count
    }

    @Test(
        arguments: [
            ([Result.success(HTTPExchangeResponse(status: 202))], 1),
            ([.success(HTTPExchangeResponse(status: 503)), .success(HTTPExchangeResponse(status: 200))], 2),
            ([.failure(.broken), .failure(.refused), .success(HTTPExchangeResponse(status: 200))], 3),
            (
                [
                    .success(HTTPExchangeResponse(status: 429, fields: [.retryAfter: "30"])),
                    .success(HTTPExchangeResponse(status: 200)),
                ], 2
            ),
        ] as [([Result<HTTPExchangeResponse, TransportFailure>], Int)]
    )
    func `is repeated where another attempt may help`(
        _ answers: [Result<HTTPExchangeResponse, TransportFailure>],
        _ calls: Int
    ) async throws {
        #expect(try await Self.post(answers) == calls)
    }

    @Test(arguments: [
        (404, "no_service \(secret)", "answered 404: no_service ***."),
        (400, "line one\nline\ttwo\u{7}", "answered 400: line one line two."),
        (410, "", "answered 410."), (500, "<html>", "answered 500: <html>."),
        (302, "moved", "answers 302, a redirection, which is not followed."),
    ])
    func `that is refused says how, and never the secret`(_ status: Int, _ body: String, _ words: String) async throws {
        let answer = HTTPExchangeResponse(
            status: status,
            fields: [.location: "https://evil.example.com/"],
            body: Data(body.utf8)
        )
        let error = await #expect(throws: BackupError.self) { try await Self.post([.success(answer)]) }
        #expect(error?.code == .noticeNotDelivered)
        #expect(error?.message == "The channel 'ops' at https://hooks.example.com \(words)")
        #expect(!"\(String(describing: error))".contains(Self.secret))
    }

    @Test func `that reaches nobody names the host, and never the secret`() async throws {
        let error = await #expect(throws: BackupError.self) { try await Self.post([.failure(.unknownHost)]) }
        #expect(error?.message == "The channel 'ops' did not take a notice: No such host.")
    }

    @Test(arguments: [
        "", "hooks.example.com/x", "http://hooks.example.com/\(secret)", "ftp://a/\(secret)",
        "https://user:\(secret)@a/",
        "https:///\(secret)", "http://169.254.169.254/\(secret)",
    ])
    func `goes to https only, and an error never quotes the URL`(_ text: String) throws {
        let error = #expect(throws: BackupError.self) { try SecretURL(text, for: "the channel 'ops'") }
        #expect(error?.code == .invalidInput)
        #expect(error?.description.contains("the channel 'ops'") == true)
        #expect(!"\(String(describing: error))".contains(Self.secret))
    }

    @Test func `knows its URL by the origin only`() throws {
        let url = try SecretURL(" \(Self.url)\n", for: "a test")
        #expect("\(url)" == "https://hooks.example.com/***")
        #expect(!String(reflecting: url).contains(Self.secret))
        #expect(!String(describing: Mirror(reflecting: url).children.map { "\($0)" }).contains(Self.secret))
        #expect(try SecretURL("http://127.0.0.1:8080/hook", for: "a test").origin.port == 8080)
    }

    @Test(arguments: ["short", "whsec_" + Data("too short".utf8).base64EncodedString(), "whsec_no base64!!!", ""])
    func `a secret that cannot sign is refused`(_ text: String) throws {
        let error = #expect(throws: BackupError.self) { try WebhookSignature(Secret(text), channel: "hook") }
        #expect(error?.code == .invalidInput)
        #expect(error?.remedy?.contains("openssl rand") == true)
    }

    @Test func `the signature covers id, time and body`() throws {
        let signature = try WebhookSignature(Secret("0123456789abcdef01234567\n"), channel: "hook")
        let body = Data("{}".utf8)
        let headers = Set([
            signature.header(body, id: "a", at: 1), signature.header(body, id: "b", at: 1),
            signature.header(body, id: "a", at: 2), signature.header(Data("{} ".utf8), id: "a", at: 1),
        ])
        #expect(headers.count == 4)
        #expect(headers.allSatisfy { $0.hasPrefix("v1,") })
    }
}
