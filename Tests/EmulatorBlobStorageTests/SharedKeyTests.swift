import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

/// The signatures were made elsewhere, over texts written by hand after Azure's document.
struct SharedKeyTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var method: HTTPRequest.Method = .get
        var address: String
        var headers: [String: String]
        var body = ""
        var signature: String
        var outcome: String
    }

    static let date = "Tue, 24 Nov 2026 01:00:00 GMT"

    static let cases = [
        Case(
            testDescription: "a listing with a query",
            address: "/acme/?maxresults=2&comp=list",
            headers: ["x-ms-date": date],
            signature: "tqjtLYbK85xUt2XXuE2r3lMjgmLI1Q0QHM7GQS1kOQc=",
            outcome: "200"
        ),
        Case(
            testDescription: "headers whose two orders differ, as the service sorts",
            method: .put,
            address: "/acme/vault/a%20b/c.txt",
            headers: putHeaders,
            body: "hello",
            signature: "SuAZKThEkzeubgTKfyvf6bLelIhWkal0DS8x3f+LCYg=",
            outcome: "201"
        ),
        Case(
            testDescription: "headers whose two orders differ, as ordinals sort",
            method: .put,
            address: "/acme/vault/a%20b/c.txt",
            headers: putHeaders,
            body: "hello",
            signature: "3QM9X8kSzJI4Dk9HndmwJB5WbyvCqyzNT2sDULLN3AE=",
            outcome: "201"
        ),
        Case(
            testDescription: "a length of zero signs as nothing",
            method: .put,
            address: "/acme/vault/empty",
            headers: ["x-ms-date": date, "x-ms-blob-type": "BlockBlob", "Content-Length": "0"],
            signature: "BBNZ72EIQqo0KAux9euPEZq19cM3w1nqfT7SQxEolTM=",
            outcome: "201"
        ),
        Case(
            testDescription: "Date and Range in their places",
            address: "/acme/vault/a",
            headers: ["Date": date, "Range": "bytes=0-3"],
            signature: "+mck4r2orfrXMeFeT/aDrkWDo2/eTWOUnJIyzDtvXmQ=",
            outcome: "206"
        ),
        Case(
            testDescription: "a query decoded, sorted and lowered",
            address: "/acme/vault?restype=container&Comp=list&prefix=a%20b%2F%C3%BC&include=copy%2Cmetadata",
            headers: ["x-ms-date": date],
            signature: "fg+nsi4GsmBcCf9dbhCdRNe8QrBinL5M8ZGh03ROiU8=",
            outcome: "200"
        ),
        Case(
            testDescription: "a changed query",
            address: "/acme/?maxresults=3&comp=list",
            headers: ["x-ms-date": date],
            signature: "tqjtLYbK85xUt2XXuE2r3lMjgmLI1Q0QHM7GQS1kOQc=",
            outcome: "403 AuthenticationFailed"
        ),
        Case(
            testDescription: "no date",
            address: "/acme/?maxresults=2&comp=list",
            headers: [:],
            signature: "tqjtLYbK85xUt2XXuE2r3lMjgmLI1Q0QHM7GQS1kOQc=",
            outcome: "403 AuthenticationFailed"
        ),
        Case(
            testDescription: "a signature that is no base64",
            address: "/acme/?maxresults=2&comp=list",
            headers: ["x-ms-date": date],
            signature: "%%%",
            outcome: "403 AuthenticationFailed"
        ),
        Case(
            testDescription: "no signature",
            address: "/acme/?maxresults=2&comp=list",
            headers: ["x-ms-date": date],
            signature: "",
            outcome: "400 InvalidAuthenticationInfo"
        ),
    ]

    static let putHeaders = [
        "x-ms-date": date, "x-ms-blob-type": "BlockBlob", "x-ms-blob-content-type": "text/plain",
        "x-ms-meta-a_b": "1", "x-ms-meta-a1": "2", "Content-Length": "5", "Content-Type": "text/plain",
        "If-None-Match": "*",
    ]

    func send(_ test: Case, to fixture: BlobFixture, account: String = "acme") async -> EmulatedResponse {
        var request = BlobFixture.request(test.method, test.address, body: Data(test.body.utf8))
        for (name, value) in test.headers { request.headers[name] = value }
        request.headers["authorization"] = "SharedKey \(account):\(test.signature)"
        return await fixture.service.respond(to: request)
    }

    @Test(arguments: cases)
    func recomputes(_ test: Case) async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        #expect(await self.send(test, to: fixture).outcome == test.outcome)
    }

    @Test
    func `a signature is good for fifteen minutes`() async throws {
        let fixture = try BlobFixture()
        fixture.clock.advance(seconds: 900)
        #expect(await self.send(Self.cases[0], to: fixture).outcome == "200")
        fixture.clock.advance(seconds: 1)
        let late = await self.send(Self.cases[0], to: fixture)
        #expect(late.outcome == "403 AuthenticationFailed")
        #expect(late.values("AuthenticationErrorDetail") == ["Request date header too old: '\(Self.date)'"])
    }

    @Test
    func `an account may forbid its keys`() async throws {
        let fixture = try BlobFixture { $0.allowSharedKeyAccess = false }
        let refused = await self.send(Self.cases[0], to: fixture)
        #expect(refused.outcome == "403 KeyBasedAuthenticationNotPermitted")
    }

    @Test
    func `another account's name does not pass`() async throws {
        let fixture = try BlobFixture()
        let refused = await self.send(Self.cases[0], to: fixture, account: "other")
        #expect(refused.outcome == "403 AuthenticationFailed")
    }

    @Test
    func `a refusal tells what should have been signed`() async throws {
        let refused = await self.send(Self.cases[6], to: try BlobFixture())
        let detail = try #require(refused.values("AuthenticationErrorDetail").first)
        #expect(detail.contains("/acme/acme/\ncomp:list\nmaxresults:3'."))
    }
}
