import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Changes of an instance")
struct InstanceUpdateTests {
    @Test func `tags and identities are replaced, and the ETag changes`() async throws {
        var world = World.builtIn
        let runner = try #require(world.userAssignedIdentities.first)
        world.roleAssignments.append(
            World.assignment(runner.principalID, BuiltInRoles.managedIdentityOperator, at: runner.id)
        )
        let emulated = try Emulated(world)
        let path = try emulated.instancePath("contoso-apim")
        let before = try await emulated.manage(.get, path)
        let identity = emulated.world.userAssignedIdentities[0]
        let after = try await emulated.manage(
            .patch,
            path,
            body: [
                "tags": ["team": "apis"],
                "identity": [
                    "type": "SystemAssigned, UserAssigned",
                    "userAssignedIdentities": .object([JSON.Member(identity.id.path, [:])]),
                ],
            ]
        )
        #expect(after.status == 200)
        #expect(after.body["tags"] == ["team": "apis"])
        #expect(after.body["etag"] != before.body["etag"])
        #expect(after.body["identity"]?["type"]?.string == "SystemAssigned, UserAssigned")
        let key = try #require(after.body["identity"]?["userAssignedIdentities"]?.object?.first)
        #expect(key.name.contains("/resourcegroups/rg-apim/"))
        #expect(key.value["clientId"]?.string == identity.clientID)
        let none = try await emulated.manage(.patch, path, body: ["identity": ["type": "None"]])
        #expect(none.body["identity"] == .null)
    }

    @Test(
        arguments: [
            ["tags": "x"], ["tags": ["a": 1]], ["identity": ["type": "Wrong"]], ["identity": 1], ["properties": 1],
        ] as [JSON]
    )
    func `a malformed change is 400`(_ body: JSON) async throws {
        let emulated = try Emulated()
        let answer = try await emulated.manage(.patch, emulated.instancePath("contoso-apim"), body: body)
        #expect(answer.status == 400)
    }
}
