import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Bearer tokens")
struct TokenVerifierTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var code: String
        var header: @Sendable (Emulated) throws -> String?
    }

    static let cases = [
        Case(testDescription: "no header", code: "AuthenticationFailed") { _ in nil },
        Case(testDescription: "another scheme", code: "AuthenticationFailed") { _ in "Basic abc" },
        Case(testDescription: "not a token", code: "InvalidAuthenticationToken") { _ in "Bearer abc" },
        Case(testDescription: "wrong audience", code: "InvalidAuthenticationTokenAudience") {
            "Bearer \(try $0.token(audience: "https://storage.azure.com"))"
        },
        Case(testDescription: "expired", code: "ExpiredAuthenticationToken") {
            "Bearer \(try $0.token(lifetime: 0))"
        },
        Case(testDescription: "another tenant", code: "InvalidAuthenticationTokenTenant") {
            var principal = try $0.runner
            principal.tenantID = "11111111-1111-4111-8111-111111111111"
            return "Bearer \(try $0.token(for: principal))"
        },
        Case(testDescription: "foreign signature", code: "InvalidAuthenticationToken") {
            let issuer = TokenIssuer(key: SigningKey(directory: nil), identifiers: CountedIdentifiers())
            let token = try issuer.token(
                for: $0.runner,
                audience: "https://127.0.0.1:1001/",
                now: $0.clock.now,
                lifetime: 3600
            )
            return "Bearer \(token.text)"
        },
        Case(testDescription: "changed claims", code: "InvalidAuthenticationToken") {
            let parts = try $0.token().split(separator: ".")
            let claims = try #require(Base64URL.decode(parts[1]))
            var changed = try JSONParser.parse(claims).value
            changed["oid"] = "22222222-2222-4222-8222-222222222222"
            return "Bearer \(parts[0]).\(Base64URL.encode(changed.data)).\(parts[2])"
        },
    ]

    @Test(arguments: cases)
    func `the Resource Manager rejects a token with Azure's own code`(_ example: Case) async throws {
        let emulated = try Emulated()
        var request = EmulatedRequest(method: .get, rawPath: "/subscriptions", rawQuery: "api-version=2022-12-01")
        request.headers[.authorization] = try example.header(emulated)
        let answer = try Answer(await emulated.service(.resourceManager).respond(to: request))
        #expect(answer.status == 401)
        #expect(answer.code == example.code)
        #expect(answer.header("WWW-Authenticate")?.hasPrefix("Bearer authorization_uri=") == true)
    }

    @Test(arguments: [
        "https://127.0.0.1:1001", "https://127.0.0.1:1001/", "https://management.azure.com/",
        "https://management.core.windows.net/",
    ])
    func `the Resource Manager accepts its audiences with and without a slash`(_ audience: String) async throws {
        let emulated = try Emulated()
        let request = EmulatedRequest(
            method: .get,
            rawPath: "/subscriptions",
            rawQuery: "api-version=2022-12-01",
            headers: [.authorization: "Bearer \(try emulated.token(audience: audience))"]
        )
        let answer = try Answer(await emulated.service(.resourceManager).respond(to: request))
        #expect(answer.status == 200)
        #expect(answer.body["value"]?.array?.count == 1)
    }

    @Test func `the signing key is kept with the state`() async throws {
        try await withTemporaryFolder { folder in
            let token = try SigningKey(directory: folder).sign(["a": 1])
            let parsed = try #require(WebToken(token))
            #expect(SigningKey(directory: folder).signed(parsed))
            #expect(!SigningKey(directory: nil).signed(parsed))
        }
    }
}
