import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

@Suite("E-mail through Azure Communication Services")
struct EmailServiceClientTests {
    static let mail = EmailMessage(sender: "a@contoso.com", recipients: ["b@contoso.com"], subject: "s", plainText: "t")
    static let id = "00000000-0000-8000-8000-000000000001"

    static func answer(_ status: Int, _ body: String, retryAfter: String? = nil) -> HTTPExchangeResponse {
        var answer = HTTPExchangeResponse(status: status, body: Data(body.utf8))
        answer.fields[.retryAfter] = retryAfter
        answer.fields[text: "x-ms-request-id"] = "req-1"
        return answer
    }

    static func send(_ answers: [HTTPExchangeResponse]) async throws -> (ScriptedTransport, ManualClock) {
        let clock = ManualClock(sleeping: .advances)
        let transport = ScriptedTransport(answers.map { .success($0) })
        try await Fixture.email(transport, clock).send(Self.mail, operation: Self.id)
        return (transport, clock)
    }

    @Test func `is posted once and followed to its end at the service's pace`() async throws {
        let (transport, clock) = try await Self.send([
            Self.answer(202, #"{"id":"x","status":"Running"}"#, retryAfter: "20"),
            Self.answer(200, #"{"id":"x","status":"running"}"#, retryAfter: "1000"),
            Self.answer(200, #"{"id":"x","status":"Succeeded"}"#),
        ])
        let host = "https://contoso.europe.communication.azure.com"
        #expect(
            transport.requests.map { "\($0.method) \($0.url.absoluteString)" } == [
                "POST \(host)/emails:send?api-version=2023-03-31",
                "GET \(host)/emails/operations/\(Self.id)?api-version=2023-03-31",
                "GET \(host)/emails/operations/\(Self.id)?api-version=2023-03-31",
            ]
        )
        #expect(transport.requests.allSatisfy { $0.fields[.authorization]?.hasPrefix("Bearer ") == true })
        #expect(clock.slept == [.seconds(20), .seconds(30)])
    }

    @Test func `that is still under way after a minute counts as sent`() async throws {
        let (transport, clock) = try await Self.send([Self.answer(202, #"{"status":"NotStarted"}"#)])
        #expect(clock.uptime >= .seconds(60))
        #expect(transport.requests.count < 20)
    }

    struct Bad: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var answers: [HTTPExchangeResponse]
        var code: BackupError.Code
        var words: String
    }

    static let bad = [
        Bad(
            testDescription: "a mail that could not be sent",
            answers: [
                answer(202, #"{"status":"Running"}"#),
                answer(
                    200,
                    #"{"status":"Failed","error":{"code":"EmailDroppedAllRecipientsSuppressed","message":"no"}}"#
                ),
            ],
            code: .noticeNotDelivered,
            words: "EmailDroppedAllRecipientsSuppressed"
        ),
        Bad(
            testDescription: "a missing right",
            answers: [answer(403, #"{"error":{"code":"Denied","message":"The caller has no right."}}"#)],
            code: .permissionDenied,
            words: "Communication and Email Service Owner"
        ),
        Bad(
            testDescription: "a token that is refused twice",
            answers: [answer(401, #"{"error":{"code":"Unauthorized"}}"#)],
            code: .credentialRejected,
            words: "did not accept the token"
        ),
        Bad(
            testDescription: "a sender that is not allowed",
            answers: [answer(400, #"{"error":{"code":"DomainNotLinked","message":"not linked"}}"#)],
            code: .azureError,
            words: "DomainNotLinked"
        ),
        Bad(
            testDescription: "no JSON",
            answers: [answer(202, "ok")],
            code: .malformedAnswer,
            words: "no JSON document"
        ),
        Bad(testDescription: "no status", answers: [answer(202, "{}")], code: .malformedAnswer, words: "'status'"),
    ]

    @Test(arguments: bad)
    func `that is refused says why`(_ example: Bad) async throws {
        let error = await #expect(throws: BackupError.self) { _ = try await Self.send(example.answers) }
        #expect(error?.code == example.code)
        #expect("\(String(describing: error))".contains(example.words), "\(String(describing: error))")
    }

    @Test func `gets no token in the clear`() throws {
        let clock = ManualClock()
        let transport = ScriptedTransport([.success(HTTPExchangeResponse(status: 200))])
        #expect(throws: BackupError.self) {
            try EmailServiceClient(
                endpoint: #require(URL(string: "http://contoso.communication.azure.com")),
                tokens: Fixture.tokens(clock),
                transport: transport,
                clock: clock,
                random: RandomSource()
            )
        }
    }
}
