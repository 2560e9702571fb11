import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("What-if")
struct WhatIfTests {
    private func changes(_ fixture: DeploymentFixture, _ resources: JSON, format: String? = nil) async throws -> [JSON]
    {
        var properties: JSON = ["mode": "Incremental", "template": DeploymentFixture.template(resources: resources)]
        if let format { properties["whatIfSettings"] = ["resultFormat": .string(format)] }
        let accepted = try await fixture.emulated.manage(
            .post,
            "\(fixture.path())/whatIf",
            body: ["properties": properties],
            as: DeploymentFixture.owner
        )
        #expect(accepted.status == 202)
        let location = try #require(accepted.header("Location"))
        let target = try #require(RequestTarget(location))
        let result = try await fixture.emulated.manage(
            .get,
            target.path,
            query: target.query,
            as: DeploymentFixture.owner
        )
        #expect(result.body["status"] == "Succeeded")
        let stranger = try await fixture.emulated.manage(.get, target.path, query: target.query)
        #expect(stranger.status == 404)
        return result.body["properties"]?["changes"]?.array ?? []
    }

    private func kinds(_ changes: [JSON]) -> [String: String] {
        var kinds: [String: String] = [:]
        for change in changes {
            let name = change["resourceId"]?.string?.split(separator: "/").last.map(String.init) ?? ""
            kinds[name] = change["changeType"]?.string
        }
        return kinds
    }

    private func group(_ short: String, email: String?) -> JSON {
        [
            "type": "Microsoft.Insights/actionGroups", "apiVersion": "2023-01-01", "name": "ag", "location": "global",
            "properties": [
                "groupShortName": .string(short), "enabled": true,
                "emailReceivers": .array(email.map { [["name": "ops", "emailAddress": .string($0)]] } ?? []),
            ],
        ]
    }

    @Test func `what is new, changed, the same and not named is told apart, and nothing is done`() async throws {
        let fixture = try DeploymentFixture()
        _ = try await fixture.deploy(
            DeploymentFixture.template(resources: [self.group("short", email: "a@contoso.example")])
        )
        let changes = try await self.changes(
            fixture,
            [
                self.group("short", email: "b@contoso.example"), DeploymentFixture.container("apim-backups"),
                DeploymentFixture.container("new"),
            ]
        )
        let kinds = self.kinds(changes)
        #expect(kinds["ag"] == "Modify")
        #expect(kinds["apim-backups"] == "NoChange")
        #expect(kinds["new"] == "Create")
        #expect(kinds["contoso-apim"] == "Ignore")
        let modified = try #require(changes.first { $0["changeType"] == "Modify" })
        let array = try #require(modified["delta"]?.array?.first)
        #expect(array["path"] == "properties.emailReceivers")
        #expect(array["propertyChangeType"] == "Array")
        let element = try #require(array["children"]?.array?.first?["children"]?.array?.first)
        #expect(
            element == [
                "path": "emailAddress", "propertyChangeType": "Modify", "before": "a@contoso.example",
                "after": "b@contoso.example",
            ]
        )
        #expect(!fixture.emulated.parts.store.containerExists(account: "contosobackups", container: "new"))
        #expect(
            try await self.changes(fixture, [self.group("short", email: "a@contoso.example")]).first?["changeType"]
                == "NoChange"
        )
    }

    @Test func `a property that a whole document loses is a deletion`() async throws {
        let fixture = try DeploymentFixture()
        _ = try await fixture.deploy(
            DeploymentFixture.template(resources: [self.group("short", email: "a@contoso.example")])
        )
        var less = self.group("short", email: nil)
        less["properties"] = ["groupShortName": "short", "enabled": true]
        let delta = try await self.changes(fixture, [less]).first?["delta"]?.array
        #expect(delta?.map { $0["propertyChangeType"] } == ["Delete"])
        #expect(delta?.first?["path"] == "properties.emailReceivers")
    }

    @Test func `references are not resolved, and show as a change`() async throws {
        let fixture = try DeploymentFixture()
        let role: JSON = [
            "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "scope": "Microsoft.ApiManagement/service/contoso-apim", "name": "[guid('x')]",
            "properties": [
                "roleDefinitionId":
                    "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')]",
                "principalId":
                    "[reference(resourceId('Microsoft.ApiManagement/service', 'fabrikam-apim'), '2022-08-01', 'Full').identity.principalId]",
            ],
        ]
        #expect(try await self.changes(fixture, [role]).first?["changeType"] == "Create")
        _ = try await fixture.deploy(DeploymentFixture.template(resources: [role]))
        let change = try #require(try await self.changes(fixture, [role]).first)
        #expect(change["changeType"] == "Modify")
        #expect(change["delta"]?.array?.map { $0["path"] } == ["properties.principalId"])
        #expect(change["after"]?["properties"]?["principalId"]?.string?.hasPrefix("[reference(") == true)
    }

    @Test
    func `nested deployments are looked into where that can be known, and ids alone are told where that is wanted`()
        async throws
    {
        let fixture = try DeploymentFixture()
        func nested(_ name: String, _ value: JSON) -> JSON {
            [
                "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": .string(name),
                "properties": [
                    "mode": "Incremental", "expressionEvaluationOptions": ["scope": "inner"],
                    "parameters": ["p": ["value": value]],
                    "template": DeploymentFixture.template(
                        parameters: ["p": ["type": "string"]],
                        resources: [
                            DeploymentFixture.container(
                                "x",
                                ["name": "[concat('contosobackups/default/', parameters('p'))]"]
                            )
                        ]
                    ),
                ],
            ]
        }
        let later: JSON =
            "[reference(resourceId('Microsoft.ApiManagement/service', 'fabrikam-apim'), '2022-08-01').gatewayUrl]"
        let changes = try await self.changes(
            fixture,
            [nested("a", "known"), nested("b", later)],
            format: "ResourceIdOnly"
        )
        let kinds = self.kinds(changes)
        #expect(kinds["known"] == "Create")
        #expect(kinds["b"] == "Unsupported")
        #expect(changes.first?.object?.map(\.name) == ["resourceId", "changeType"])
    }
}
