import Crypto
import CryptoExtras
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Entra tokens")
struct AuthorityServiceTests {
    private func post(_ fields: [String: String], to emulated: Emulated, tenant: String? = nil) async throws -> Answer {
        let form = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }.joined(separator: "&")
        return try Answer(
            await emulated.service(.authority).respond(
                to: EmulatedRequest(
                    method: .post,
                    rawPath: "/\(tenant ?? emulated.world.tenantID)/oauth2/v2.0/token",
                    body: Data(form.utf8)
                )
            )
        )
    }

    private func fields(_ world: World) throws -> [String: String] {
        let application = try #require(world.servicePrincipals.first)
        return [
            "grant_type": "client_credentials", "client_id": application.clientID,
            "client_secret": try #require(application.secrets.first),
            "scope": "https://127.0.0.1:1001//.default", "client_info": "1",
        ]
    }

    @Test func `a secret gets a token that the Resource Manager accepts`() async throws {
        let emulated = try Emulated()
        let answer = try await self.post(self.fields(emulated.world), to: emulated)
        #expect(answer.status == 200)
        #expect(answer.body["expires_in"]?.integer == 3600)
        let token = try #require(answer.body["access_token"]?.string)
        let claims = try #require(WebToken(token)).claims
        #expect(claims["tid"]?.string == emulated.world.tenantID)
        #expect(claims["oid"]?.string == emulated.world.servicePrincipals.first?.objectID)
        #expect(claims["aud"]?.string == "https://127.0.0.1:1001/")
        let list = EmulatedRequest(
            method: .get,
            rawPath: "/subscriptions",
            rawQuery: "api-version=2022-12-01",
            headers: [.authorization: "Bearer \(token)"]
        )
        #expect(await emulated.service(.resourceManager).respond(to: list).status == .ok)
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var change: [String: String?]
        var status: Int
        var error: String
        var code: Int
    }

    static let refusals = [
        Refusal(
            testDescription: "wrong secret",
            change: ["client_secret": "no"],
            status: 401,
            error: "invalid_client",
            code: 7_000_215
        ),
        Refusal(
            testDescription: "unknown application",
            change: ["client_id": "x"],
            status: 400,
            error: "unauthorized_client",
            code: 700_016
        ),
        Refusal(
            testDescription: "no credential",
            change: ["client_secret": nil as String?],
            status: 401,
            error: "invalid_client",
            code: 7_000_218
        ),
        Refusal(
            testDescription: "another grant",
            change: ["grant_type": "password"],
            status: 400,
            error: "unsupported_grant_type",
            code: 70_003
        ),
        Refusal(
            testDescription: "a scope without .default",
            change: ["scope": "https://127.0.0.1:1001/x"],
            status: 400,
            error: "invalid_scope",
            code: 1_002_012
        ),
        Refusal(
            testDescription: "an unknown resource",
            change: ["scope": "https://nowhere.example/.default"],
            status: 400,
            error: "invalid_resource",
            code: 500_011
        ),
        Refusal(
            testDescription: "no scope",
            change: ["scope": nil as String?],
            status: 400,
            error: "invalid_request",
            code: 900_144
        ),
        Refusal(
            testDescription: "a malformed assertion",
            change: [
                "client_assertion": "x",
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ],
            status: 400,
            error: "invalid_request",
            code: 50_027
        ),
    ]

    @Test(arguments: refusals)
    func `a refusal has Entra's error and number`(_ refusal: Refusal) async throws {
        let emulated = try Emulated()
        var fields = try self.fields(emulated.world)
        for (name, value) in refusal.change { fields[name] = value }
        let answer = try await self.post(fields, to: emulated)
        #expect(answer.status == refusal.status)
        #expect(answer.body["error"]?.string == refusal.error)
        #expect(answer.body["error_codes"]?.array?.first?.integer == refusal.code)
        #expect(answer.body["error_description"]?.string?.hasPrefix("AADSTS\(refusal.code): ") == true)
        #expect(answer.body["trace_id"]?.string != nil)
    }

    @Test func `an unknown tenant is refused`() async throws {
        let emulated = try Emulated()
        let answer = try await self.post(self.fields(emulated.world), to: emulated, tenant: "nobody.example")
        #expect(answer.body["error_codes"]?.array?.first?.integer == 90_002)
    }

    @Test func `a federated token of the emulator's own issuer signs in, and a changed subject does not`() async throws
    {
        let emulated = try Emulated()
        let answer = await emulated.service(.admin).respond(
            to: EmulatedRequest(method: .get, rawPath: "/_emulator/federated-token")
        )
        var fields = try self.fields(emulated.world)
        fields["client_secret"] = nil
        fields["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        fields["client_assertion"] = String(decoding: answer.body, as: UTF8.self)
        #expect(try await self.post(fields, to: emulated).status == 200)
        let claims = try #require(WebToken(fields["client_assertion"] ?? "")).claims
        var stranger = claims
        stranger["sub"] = "system:serviceaccount:other:other"
        fields["client_assertion"] = try emulated.parts.key.sign(stranger)
        let refused = try await self.post(fields, to: emulated)
        #expect(refused.body["error_codes"]?.array?.first?.integer == 700_213)
        var late = claims
        late["exp"] = .number("100")
        fields["client_assertion"] = try emulated.parts.key.sign(late)
        #expect(try await self.post(fields, to: emulated).body["error_codes"]?.array?.first?.integer == 700_024)
    }

    @Test(arguments: ["PS256", "RS256"])
    func `a registered certificate signs in, another does not`(_ algorithm: String) async throws {
        let registered = try TestCertificate()
        var world = World.builtIn
        world.servicePrincipals[0].certificates = [registered.pem]
        let emulated = try Emulated(world)
        var fields = try self.fields(world)
        fields["client_secret"] = nil
        fields["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        let claims: JSON = [
            "iss": .string(world.servicePrincipals[0].clientID), "sub": .string(world.servicePrincipals[0].clientID),
            "exp": .number(String(Int(emulated.clock.now.timeIntervalSince1970) + 600)),
        ]
        fields["client_assertion"] = try registered.sign(claims, algorithm: algorithm)
        #expect(try await self.post(fields, to: emulated).status == 200)
        fields["client_assertion"] = try TestCertificate().sign(claims, algorithm: algorithm)
        #expect(try await self.post(fields, to: emulated).body["error_codes"]?.array?.first?.integer == 700_027)
    }

    @Test func `the discovery document names the token endpoint of the tenant`() async throws {
        let emulated = try Emulated()
        let request = EmulatedRequest(
            method: .get,
            rawPath: "/\(emulated.world.tenantID)/v2.0/.well-known/openid-configuration",
            origin: "https://127.0.0.1:1002"
        )
        let answer = try Answer(await emulated.service(.authority).respond(to: request))
        #expect(
            answer.body["token_endpoint"]?.string
                == "https://127.0.0.1:1002/\(emulated.world.tenantID)/oauth2/v2.0/token"
        )
    }
}
