import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Managed identity endpoints")
struct ManagedIdentityServiceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var path: String
        var query: String
        var header: String?
        var status: Int
        var field: String
    }

    static let identity = World.builtIn.userAssignedIdentities[0]
    static let secret = World.builtIn.machine.identityHeader
    static let resource = "resource=https://127.0.0.1:1001"
    static let app = "api-version=2019-08-01&\(resource)"
    static let metadata = "/metadata/identity/oauth2/token"

    static let cases = [
        Case(
            testDescription: "App Service",
            path: "/msi/token",
            query: app,
            header: "X-IDENTITY-HEADER: \(secret)",
            status: 200,
            field: "expires_on"
        ),
        Case(
            testDescription: "App Service, encoded resource with a slash",
            path: "/msi/token",
            query: "api-version=2019-08-01&resource=https%3A%2F%2F127.0.0.1%3A1001%2F",
            header: "X-IDENTITY-HEADER: \(secret)",
            status: 200,
            field: "access_token"
        ),
        Case(
            testDescription: "App Service, by client id",
            path: "/msi/token",
            query: "\(app)&client_id=\(identity.clientID)",
            header: "X-IDENTITY-HEADER: \(secret)",
            status: 200,
            field: "access_token"
        ),
        Case(
            testDescription: "App Service, by resource id in another case",
            path: "/msi/token",
            query: "\(app)&mi_res_id=\(identity.id.path.lowercased())",
            header: "X-IDENTITY-HEADER: \(secret)",
            status: 200,
            field: "access_token"
        ),
        Case(
            testDescription: "App Service, unknown identity",
            path: "/msi/token",
            query: "\(app)&client_id=nobody",
            header: "X-IDENTITY-HEADER: \(secret)",
            status: 400,
            field: "message"
        ),
        Case(
            testDescription: "App Service, wrong header",
            path: "/msi/token",
            query: app,
            header: "X-IDENTITY-HEADER: no",
            status: 401,
            field: "message"
        ),
        Case(
            testDescription: "App Service, no header",
            path: "/msi/token",
            query: app,
            status: 401,
            field: "message"
        ),
        Case(
            testDescription: "App Service, unknown version",
            path: "/msi/token",
            query: "api-version=2001-01-01&\(resource)",
            header: "X-IDENTITY-HEADER: \(secret)",
            status: 400,
            field: "message"
        ),
        Case(
            testDescription: "Machine Learning",
            path: "/msi/token",
            query: "api-version=2017-09-01&\(resource)&clientid=\(identity.clientID)",
            header: "secret: \(secret)",
            status: 200,
            field: "expires_on"
        ),
        Case(
            testDescription: "metadata service",
            path: metadata,
            query: "api-version=2018-02-01&\(resource)",
            header: "Metadata: true",
            status: 200,
            field: "expires_in"
        ),
        Case(
            testDescription: "metadata service, by msi_res_id",
            path: metadata,
            query: "api-version=2018-02-01&\(resource)&msi_res_id=\(identity.id.path)",
            header: "Metadata: true",
            status: 200,
            field: "expires_in"
        ),
        Case(
            testDescription: "metadata service, no header",
            path: metadata,
            query: "api-version=2018-02-01&\(resource)",
            status: 400,
            field: "error_description"
        ),
        Case(
            testDescription: "metadata service, unknown resource",
            path: metadata,
            query: "api-version=2018-02-01&resource=urn:nothing",
            header: "Metadata: true",
            status: 400,
            field: "error_description"
        ),
        Case(
            testDescription: "another path",
            path: "/nothing",
            query: "",
            status: 404,
            field: "error"
        ),
    ]

    @Test(arguments: cases)
    func `each dialect answers in its own form`(_ example: Case) async throws {
        let emulated = try Emulated()
        var request = EmulatedRequest(method: .get, rawPath: example.path, rawQuery: example.query)
        if let header = example.header?.split(separator: ": "), let name = HTTPField.Name(String(header[0])) {
            request.headers[name] = String(header[1])
        }
        let answer = try Answer(await emulated.service(.identity).respond(to: request))
        #expect(answer.status == example.status)
        #expect(answer.body[example.field] != nil)
        if example.status == 200 {
            let token = try #require(WebToken(answer.body["access_token"]?.string ?? ""))
            #expect(token.claims["oid"]?.string == Self.identity.principalID)
        }
    }

    @Test func `without a name the system-assigned identity is meant where there is one`() throws {
        var world = World.builtIn
        world.machine.systemPrincipalID = "33333333-3333-4333-8333-333333333333"
        let state = CloudState(world: world)
        let principal = try MachineIdentity(machine: world.machine, state: state).principal(named: .unnamed)
        #expect(principal.objectID == world.machine.systemPrincipalID)
        let stranger = MachineIdentity(machine: Machine(identityHeader: "h"), state: state)
        #expect(throws: IdentityRefusal.self) { try stranger.principal(named: .unnamed) }
    }
}
