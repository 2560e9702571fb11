import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Directory")
struct DirectoryServiceTests {
    private func ask(
        _ emulated: Emulated,
        _ method: HTTPRequest.Method,
        _ path: String,
        query: String = "",
        body: JSON? = nil,
        audience: String = "https://127.0.0.1:1002/graph/"
    ) async throws -> Answer {
        let request = EmulatedRequest(
            method: method,
            rawPath: "/graph/v1.0/\(path)",
            rawQuery: query,
            headers: [.authorization: "Bearer \(try emulated.token(audience: audience))"],
            body: body?.data ?? Data(),
            origin: Emulated.endpoints.authority
        )
        return try Answer(await emulated.service(.authority).respond(to: request))
    }

    @Test func `a service principal is found by its application id, and by its object id`() async throws {
        let emulated = try Emulated()
        let application = try #require(emulated.world.servicePrincipals.first)
        let filter = "$filter=servicePrincipalNames/any(c:c%20eq%20'\(application.clientID)')"
        let found = try await self.ask(emulated, .get, "servicePrincipals", query: filter)
        #expect(found.body["value"]?.array?.map { $0["id"]?.string } == [application.objectID])
        let byID = try await self.ask(
            emulated,
            .post,
            "directoryObjects/getByIds",
            body: ["ids": [.string(application.objectID), "unknown"]]
        )
        #expect(byID.body["value"]?.array?.map { $0["appId"]?.string } == [application.clientID])
    }

    @Test func `nobody is found by an unknown id, and a token for another resource is refused`() async throws {
        let emulated = try Emulated()
        let none = try await self.ask(emulated, .get, "servicePrincipals", query: "$filter=appId%20eq%20'x'")
        #expect(none.body["value"]?.array?.isEmpty == true)
        let refused = try await self.ask(emulated, .get, "servicePrincipals", audience: "https://127.0.0.1:1001/")
        #expect(refused.status == 401)
    }
}
