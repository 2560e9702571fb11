import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Locks")
struct LockTests {
    static let outsider = Principal(
        objectID: "77777777-7777-4777-8777-777777777777",
        clientID: "c",
        tenantID: World.builtIn.tenantID
    )

    private func world() throws -> World {
        var world = World.builtIn
        let runner = try #require(world.userAssignedIdentities.first)
        world.roleAssignments.append(
            World.assignment(runner.principalID, BuiltInRoles.owner, at: world.subscriptions[0].scope)
        )
        return world
    }

    private func locks(below path: String) -> String { "\(path)/providers/Microsoft.Authorization/locks" }

    @Test func `a lock is made, replaced, shown, listed from above, and removed`() async throws {
        let emulated = try Emulated(self.world())
        let instance = try emulated.instancePath("contoso-apim")
        let path = "\(self.locks(below: instance))/keep"
        let body: JSON = ["properties": ["level": "CanNotDelete", "notes": "nightly"]]
        #expect(try await emulated.manage(.put, path, body: body).status == 201)
        #expect(try await emulated.manage(.put, path, body: ["properties": ["level": "ReadOnly"]]).status == 200)
        let shown = try await emulated.manage(.get, path)
        #expect(shown.body["properties"]?["level"]?.string == "ReadOnly")
        #expect(shown.body["id"]?.string == path)
        let subscription = emulated.world.subscriptions[0].scope.path
        let above = try await emulated.manage(.get, self.locks(below: subscription))
        #expect(above.body["value"]?.array?.count == 1)
        let here = try await emulated.manage(
            .get,
            self.locks(below: subscription),
            query: "api-version=2020-05-01&$filter=atScope()"
        )
        #expect(here.body["value"]?.array?.isEmpty == true)
        #expect(try await emulated.manage(.delete, path).status == 200)
        #expect(try await emulated.manage(.delete, path).status == 204)
        #expect(try await emulated.manage(.get, path).status == 404)
    }

    @Test func `an unknown level and a caller without the right are refused`() async throws {
        let emulated = try Emulated(self.world())
        let path = "\(self.locks(below: try emulated.instancePath("contoso-apim")))/keep"
        let wrong = try await emulated.manage(.put, path, body: ["properties": ["level": "Sometimes"]])
        #expect(wrong.code == "InvalidRequestContent")
        let body: JSON = ["properties": ["level": "ReadOnly"]]
        let outside = try await emulated.manage(.put, path, body: body, as: Self.outsider)
        #expect(outside.code == "AuthorizationFailed")
    }

    @Test func `a lock stays over a restart`() async throws {
        try await withTemporaryFolder { folder in
            let first = try Emulated(self.world(), state: folder)
            let path = "\(self.locks(below: try first.instancePath("contoso-apim")))/keep"
            #expect(try await first.manage(.put, path, body: ["properties": ["level": "ReadOnly"]]).status == 201)
            #expect(try await Emulated(self.world(), state: folder).manage(.get, path).status == 200)
        }
    }
}
