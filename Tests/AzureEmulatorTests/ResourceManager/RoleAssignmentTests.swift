import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Role assignments")
struct RoleAssignmentTests {
    static let name = "66666666-6666-4666-8666-666666666666"
    static let newcomer = Principal(
        objectID: "77777777-7777-4777-8777-777777777777",
        clientID: "c",
        tenantID: World.builtIn.tenantID
    )

    private func world(delay: Int) throws -> World {
        var world = World.builtIn
        world.timings.rolePropagationSeconds = delay
        let runner = try #require(world.userAssignedIdentities.first)
        world.roleAssignments.append(
            World.assignment(
                runner.principalID,
                BuiltInRoles.userAccessAdministrator,
                at: world.subscriptions[0].scope
            )
        )
        return world
    }

    private func body(_ role: String = BuiltInRoles.apiManagementReader) -> JSON {
        [
            "properties": [
                "roleDefinitionId": .string("/x/providers/Microsoft.Authorization/roleDefinitions/\(role)"),
                "principalId": .string(Self.newcomer.objectID), "principalType": "ServicePrincipal",
            ]
        ]
    }

    @Test func `a new assignment counts after the delay, and no more once it is deleted`() async throws {
        let emulated = try Emulated(self.world(delay: 120))
        let instance = try emulated.instancePath("contoso-apim")
        let path = "\(instance)/providers/Microsoft.Authorization/roleAssignments/\(Self.name)"
        let made = try await emulated.manage(.put, path, body: self.body())
        #expect(made.status == 201)
        #expect(made.body["properties"]?["scope"]?.string == instance)
        #expect(try await emulated.manage(.get, instance, as: Self.newcomer).status == 403)
        emulated.clock.advance(seconds: 119)
        #expect(try await emulated.manage(.get, instance, as: Self.newcomer).status == 403)
        emulated.clock.advance(seconds: 1)
        #expect(try await emulated.manage(.get, instance, as: Self.newcomer).status == 200)
        #expect(try await emulated.manage(.delete, path).status == 200)
        #expect(try await emulated.manage(.get, instance, as: Self.newcomer).status == 403)
        #expect(try await emulated.manage(.delete, path).status == 204)
    }

    @Test func `an assignment twice, an unknown role and a caller without the right are refused`() async throws {
        let emulated = try Emulated(self.world(delay: 0))
        let base = "\(try emulated.instancePath("contoso-apim"))/providers/Microsoft.Authorization/roleAssignments"
        #expect(try await emulated.manage(.put, "\(base)/\(Self.name)", body: self.body()).status == 201)
        #expect(try await emulated.manage(.put, "\(base)/\(Self.name)", body: self.body()).status == 201)
        let twin = "88888888-8888-4888-8888-888888888888"
        #expect(try await emulated.manage(.put, "\(base)/\(twin)", body: self.body()).code == "RoleAssignmentExists")
        #expect(
            try await emulated.manage(.put, "\(base)/\(twin)", body: self.body("x")).code
                == "RoleDefinitionDoesNotExist"
        )
        #expect(
            try await emulated.manage(.put, "\(base)/\(twin)", body: self.body(), as: Self.newcomer).code
                == "AuthorizationFailed"
        )
        #expect(try await emulated.manage(.put, "\(base)/x", body: self.body()).code == "InvalidRoleAssignmentId")
    }

    @Test func `definitions are found by their name`() async throws {
        let emulated = try Emulated(self.world(delay: 0))
        let answer = try await emulated.manage(
            .get,
            "\(try emulated.instancePath("contoso-apim"))/providers/Microsoft.Authorization/roleDefinitions",
            query: "api-version=2022-05-01-preview&$filter=roleName%20eq%20'Storage%20Blob%20Data%20Contributor'"
        )
        #expect(answer.body["value"]?.array?.map { $0["name"]?.string } == [BuiltInRoles.blobDataContributor])
    }

    @Test func `a list at a scope holds what reaches it, and without atScope also what lies below`() async throws {
        let emulated = try Emulated(self.world(delay: 0))
        let path = "\(World.builtIn.subscriptions[0].scope.path)/providers/Microsoft.Authorization/roleAssignments"
        let all = try await emulated.manage(.get, path)
        let here = try await emulated.manage(.get, path, query: "api-version=2022-04-01&$filter=atScope()")
        #expect(all.body["value"]?.array?.count == emulated.world.roleAssignments.count)
        #expect(here.body["value"]?.array?.count == 1)
    }
}
