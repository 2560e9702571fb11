import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Resources that are kept")
struct KeptResourceTests {
    @Test func `a resource is put, shown, listed, changed and deleted`() async throws {
        let fixture = try DeploymentFixture()
        let path = "\(fixture.group)/providers/Microsoft.OperationalInsights/workspaces/logs-1"
        let body: JSON = [
            "location": "West Europe", "tags": ["a": "b"],
            "properties": ["retentionInDays": 30, "sku": ["name": "PerGB2018"]],
        ]
        func call(_ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil) async throws -> Answer {
            try await fixture.emulated.manage(method, path, body: body, as: DeploymentFixture.owner)
        }
        let made = try await call(.put, path, body)
        #expect(made.status == 201)
        #expect(made.body["location"] == "westeurope")
        let customer = try #require(made.body["properties"]?["customerId"]?.string)
        #expect(try await call(.put, path, body).status == 200)
        let changed = try await call(.patch, path, ["tags": ["c": "d"], "properties": ["retentionInDays": 60]])
        #expect(changed.body["tags"] == ["c": "d"])
        #expect(changed.body["properties"]?["retentionInDays"] == 60)
        #expect(changed.body["properties"]?["customerId"]?.string == customer)
        #expect(try await call(.post, "\(path)/sharedKeys").body["primarySharedKey"]?.string?.isEmpty == false)
        let list = try await call(.get, "\(fixture.group)/providers/Microsoft.OperationalInsights/workspaces")
        #expect(list.body["value"]?.array?.count == 1)
        let everything = try await call(.get, "\(fixture.group)/resources")
        #expect(everything.body["value"]?.array?.contains { $0["name"] == "logs-1" } == true)
        var moved = body
        moved["location"] = "eastus"
        #expect(try await call(.put, path, moved).code == "InvalidResourceLocation")
        #expect(try await call(.delete, path).status == 200)
        #expect(try await call(.delete, path).status == 204)
        #expect(try await call(.get, path).code == "ResourceNotFound")
    }

    @Test(arguments: [
        (
            "Microsoft.Insights/actionGroups/ag", #"{"location":"global","properties":{"enabled":true}}"#, 400,
            "InvalidRequestContent"
        ),
        (
            "Microsoft.Insights/actionGroups/ag",
            #"{"location":"global","properties":{"enabled":true,"groupShortName":"far-too-long-name"}}"#, 400,
            "BadRequest"
        ),
        ("Microsoft.Insights/metricAlerts/m", #"{"properties":{"severity":1}}"#, 400, "InvalidRequestContent"),
        (
            "Microsoft.Insights/scheduledQueryRules/q", #"{"properties":{"scopes":[],"criteria":{}}}"#, 400,
            "LocationRequired"
        ),
        ("Microsoft.Insights/diagnosticSettings/d", #"{"properties":{}}"#, 400, "BadRequest"),
        (
            "Microsoft.Insights/diagnosticSettings/d", #"{"properties":{"workspaceId":"/subscriptions/x/gone"}}"#, 404,
            "LinkedInvalidPropertyId"
        ),
        ("Microsoft.Insights/nothing/d", "{}", 404, "InvalidResourceType"),
        (
            "Microsoft.OperationalInsights/workspaces/abcd", #"{"location":"westeurope","properties":[]}"#, 400,
            "InvalidRequestContent"
        ),
        (
            "Microsoft.OperationalInsights/workspaces/abcd",
            #"{"location":"westeurope","identity":{"type":"None of them"}}"#, 400,
            "InvalidRequestContent"
        ),
    ])
    func `what is not complete is refused`(_ path: String, _ body: String, _ status: Int, _ code: String) async throws {
        let fixture = try DeploymentFixture()
        let answer = try await fixture.emulated.manage(
            .put,
            "\(fixture.group)/providers/\(path)",
            body: try JSONParser.parse(Data(body.utf8)).value,
            as: DeploymentFixture.owner
        )
        #expect(answer.status == status)
        #expect(answer.code == code, "\(answer.message ?? "")")
    }

    @Test func `a system-assigned identity is new when its resource is, and assigning an identity takes a right`()
        async throws
    {
        let fixture = try DeploymentFixture()
        let path = "\(fixture.group)/providers/Microsoft.OperationalInsights/workspaces/logs-1"
        func principal(_ method: HTTPRequest.Method) async throws -> String? {
            let body: JSON = ["location": "westeurope", "identity": ["type": "SystemAssigned"]]
            return try await fixture.emulated.manage(method, path, body: body, as: DeploymentFixture.owner)
                .body["identity"]?["principalId"]?.string
        }
        let first = try await principal(.put)
        #expect(first != nil)
        #expect(try await principal(.put) == first)
        _ = try await fixture.emulated.manage(.delete, path, as: DeploymentFixture.owner)
        #expect(try await principal(.put) != first)
        let runner = try #require(World.builtIn.userAssignedIdentities.first).id.path
        let assigned: JSON = [
            "location": "westeurope",
            "identity": ["type": "UserAssigned", "userAssignedIdentities": .object([.init(runner, [:])])],
        ]
        #expect(
            try await fixture.emulated.manage(.put, path, body: assigned, as: DeploymentFixture.owner).status == 200
        )
        let limited = try DeploymentFixture { world in
            let role = RoleDefinition(
                id: "99999999-0000-4000-8000-0000000000aa",
                name: "logs only",
                actions: ["Microsoft.OperationalInsights/*"]
            )
            world.roleDefinitions.append(role)
            world.roleAssignments.append(
                World.assignment("99999999-0000-4000-8000-0000000000bb", role.id, at: world.subscriptions[0].scope)
            )
        }
        let caller = Principal(
            objectID: "99999999-0000-4000-8000-0000000000bb",
            clientID: "c",
            tenantID: World.builtIn.tenantID
        )
        let refused = try await limited.emulated.manage(.put, path, body: assigned, as: caller)
        #expect(refused.code == "LinkedAuthorizationFailed")
    }

    @Test func `custom roles are made, used, kept while they are used, and their scopes hold`() async throws {
        let fixture = try DeploymentFixture()
        let id = "12121212-0000-4000-8000-000000000001"
        let path = "\(fixture.group)/providers/Microsoft.Authorization/roleDefinitions/\(id)"
        func call(_ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil) async throws -> Answer {
            try await fixture.emulated.manage(method, path, body: body, as: DeploymentFixture.owner)
        }
        func role(_ name: String) -> JSON {
            [
                "properties": [
                    "roleName": .string(name), "type": "CustomRole",
                    "permissions": [["actions": ["Microsoft.ApiManagement/service/read"]]],
                    "assignableScopes": [.string(fixture.group)],
                ]
            ]
        }
        #expect(try await call(.put, path, role("Reader")).code == "RoleDefinitionWithSameNameExists")
        #expect(try await call(.put, path, role("Backup only")).status == 201)
        #expect(try await call(.get, path).body["properties"]?["type"] == "CustomRole")
        let who = "12121212-0000-4000-8000-000000000002"
        let grant: JSON = ["properties": ["roleDefinitionId": .string("x/\(id)"), "principalId": .string(who)]]
        let at = "/providers/Microsoft.Authorization/roleAssignments/12121212-0000-4000-8000-000000000003"
        let other = fixture.group.replacing("rg-apim", with: "rg-other")
        #expect(try await call(.put, other + at, grant).code == "RoleAssignmentScopeNotAssignableToRoleDefinition")
        #expect(try await call(.put, fixture.group + at, grant).status == 201)
        let reader = Principal(objectID: who, clientID: "c", tenantID: World.builtIn.tenantID)
        #expect(try await fixture.get(fixture.emulated.instancePath("contoso-apim"), as: reader).status == 200)
        #expect(try await call(.delete, path).code == "RoleDefinitionHasAssignments")
        #expect(try await call(.delete, fixture.group + at).status == 200)
        #expect(try await call(.delete, path).status == 200)
        #expect(try await call(.get, path).status == 404)
    }

    @Test func `everything that was made is there after a restart`() async throws {
        try await withTemporaryFolder { folder in
            let first = try DeploymentFixture(state: folder)
            let path = "\(first.group)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/made"
            let body: JSON = ["location": "westeurope"]
            let made = try await first.emulated.manage(.put, path, body: body, as: DeploymentFixture.owner)
            let logs = "\(first.group)/providers/Microsoft.OperationalInsights/workspaces/logs-1"
            _ = try await first.emulated.manage(.put, logs, body: body, as: DeploymentFixture.owner)
            let second = try DeploymentFixture(state: folder)
            #expect(try await second.get(path).body == made.body)
            #expect(try await second.get(logs).status == 200)
        }
    }
}
