import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

struct AzureCallerTests {
    let clock = ManualClock(now: Fixture.now, sleeping: .advances)

    func caller(_ transport: ScriptedTransport, origin: String = "https://management.azure.com") throws -> AzureCaller {
        AzureCaller(
            repeating: Fixture.repeating(transport, self.clock),
            tokens: Fixture.tokens(self.clock),
            audience: "https://management.azure.com",
            origin: try #require(Origin(origin))
        )
    }

    func request(_ text: String, _ method: HTTPRequest.Method = .get) throws -> HTTPExchangeRequest {
        HTTPExchangeRequest(method: method, url: try #require(URL(string: text)))
    }

    static func bearer(_ number: Int) -> String { "Bearer \(Fixture.token(number).secret.reveal())" }

    @Test(arguments: [
        "https://evil.example/x", "http://management.azure.com/x", "https://management.azure.com:444/x",
        "https://management.azure.com.evil.example/x", "https://user@management.azure.com/x",
    ])
    func sendsNothingElsewhere(_ url: String) async throws {
        let transport = ScriptedTransport([.success(.text(200))])
        let caller = try self.caller(transport)
        let error = await #expect(throws: BackupError.self) { try await caller.call(self.request(url)) }
        #expect(error?.code == .foreignLocation)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a token is not sent in the clear`() async throws {
        let transport = ScriptedTransport([.success(.text(200))])
        let caller = try self.caller(transport, origin: "http://arm.example")
        await #expect(throws: BackupError(.invalidInput, "")) {
            try await caller.call(self.request("http://arm.example/x"))
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `after 401 a POST follows once with a fresh token`() async throws {
        let transport = ScriptedTransport([.success(.text(401)), .success(.text(202))])
        let answer = try await self.caller(transport).call(self.request("https://management.azure.com/x", .post), .once)
        #expect(answer.status == 202)
        #expect(transport.requests.map { $0.fields[.authorization] } == [Self.bearer(1), Self.bearer(2)])
    }

    @Test func `a token that Azure does not like is renewed only once`() async throws {
        let transport = ScriptedTransport([.success(.text(401))])
        let answer = try await self.caller(transport).call(self.request("https://management.azure.com/x"))
        #expect(answer.status == 401)
        #expect(transport.requests.count == 2)
    }

    @Test func `a POST that may have arrived is not repeated`() async throws {
        let transport = ScriptedTransport([.failure(.broken), .success(.text(202))])
        let caller = try self.caller(transport)
        await #expect(throws: TransportFailure.self) {
            try await caller.call(self.request("https://management.azure.com/x", .post), .once)
        }
        #expect(transport.requests.count == 1)
    }

    @Test func `a POST that never left is repeated`() async throws {
        let transport = ScriptedTransport([
            .failure(.refused), .success(.text(429, "", ["Retry-After": "7"])), .success(.text(202)),
        ])
        let answer = try await self.caller(transport).call(self.request("https://management.azure.com/x", .post), .once)
        #expect(answer.status == 202)
        #expect(!answer.isRepeated)
        #expect(self.clock.slept == [.milliseconds(250), .milliseconds(7350)])
    }

    @Test(arguments: [500, 502, 503, 504, 408])
    func aPOSTIsNotRepeatedAfter(_ status: Int) async throws {
        let transport = ScriptedTransport([.success(.text(status)), .success(.text(202))])
        let answer = try await self.caller(transport).call(self.request("https://management.azure.com/x", .post), .once)
        #expect(answer.status == status)
        #expect(transport.requests.count == 1)
    }

    @Test func `a GET goes on through broken connections and 503`() async throws {
        let transport = ScriptedTransport([.failure(.broken), .success(.text(503)), .success(.text(200))])
        let answer = try await self.caller(transport).call(self.request("https://management.azure.com/x"))
        #expect(answer.status == 200)
        #expect(answer.isRepeated)
        #expect(transport.requests.count == 3)
    }

    @Test func `the principal of the token is known`() async throws {
        let transport = ScriptedTransport([.success(.text(403))])
        let answer = try await self.caller(transport).call(self.request("https://management.azure.com/x"))
        #expect(answer.principal?.principal == "0b1ec7 (application a991d)")
    }
}
