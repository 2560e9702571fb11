import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Deployments")
struct DeploymentTests {
    @Test func `a deployment is accepted, polled in Azure's way, and shown with outputs and without secrets`()
        async throws
    {
        let fixture = try DeploymentFixture()
        let template = DeploymentFixture.template(
            parameters: [
                "name": ["type": "string"], "secret": ["type": "securestring"],
                "when": ["type": "string", "defaultValue": "[utcNow('yyyy')]"],
            ],
            resources: [
                DeploymentFixture.container(
                    "[parameters('name')]",
                    ["name": "[concat('contosobackups/default/', parameters('name'))]"]
                )
            ],
            outputs: [
                "id": [
                    "type": "string", "value": "[resourceId('Microsoft.Storage/storageAccounts', 'contosobackups')]",
                ],
                "hidden": ["type": "securestring", "value": "[parameters('secret')]"],
            ]
        )
        let accepted = try await fixture.send(
            template,
            parameters: ["name": ["value": "fresh"], "secret": ["value": "hush"]]
        )
        #expect(accepted.status == 201)
        #expect(accepted.body["properties"]?["provisioningState"] == "Accepted")
        let poll = try #require(accepted.header("Azure-AsyncOperation"))
        #expect(poll.contains("/providers/Microsoft.Resources/deployments/d/operationStatuses/"))
        let target = try #require(RequestTarget(poll))
        let status = try await fixture.emulated.manage(
            .get,
            target.path,
            query: target.query,
            as: DeploymentFixture.owner
        )
        #expect(status.body["status"] == "Succeeded")
        let shown = try await fixture.get(fixture.path())
        let properties = try #require(shown.body["properties"])
        #expect(properties["provisioningState"] == "Succeeded")
        #expect(properties["parameters"]?["name"] == ["type": "String", "value": "fresh"])
        #expect(properties["parameters"]?["secret"] == ["type": "SecureString"])
        #expect(properties["parameters"]?["when"]?["value"] == "2026")
        #expect(properties["outputs"]?["id"]?["value"]?.string?.hasSuffix("storageAccounts/contosobackups") == true)
        #expect(properties["outputs"]?["hidden"] == ["type": "securestring"])
        #expect(properties["outputResources"]?.array?.count == 1)
        #expect(!shown.body.text.contains("hush"))
        #expect(fixture.emulated.parts.store.containerExists(account: "contosobackups", container: "fresh"))
    }

    @Test func `resources come in the order of their dependencies, references read what was made`() async throws {
        let fixture = try DeploymentFixture()
        let identity: JSON = [
            "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "runner",
            "location": "[resourceGroup().location]",
        ]
        let role: JSON = [
            "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "scope": "Microsoft.ApiManagement/service/contoso-apim", "name": "[guid('x')]",
            "properties": [
                "roleDefinitionId":
                    "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')]",
                "principalId": "[reference('runner').principalId]", "principalType": "ServicePrincipal",
            ],
        ]
        let done = try await fixture.deploy(DeploymentFixture.template(resources: [role, identity]))
        #expect(done["properties"]?["provisioningState"] == "Succeeded", "\(done.text)")
        let made = try await fixture.get(
            "\(fixture.group)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/runner"
        )
        let principal = try #require(made.body["properties"]?["principalId"]?.string)
        let runner = Principal(objectID: principal, clientID: "c", tenantID: World.builtIn.tenantID)
        let instance = try fixture.emulated.instancePath("contoso-apim")
        #expect(try await fixture.get(instance, as: runner).status == 200)
        let again = try await fixture.deploy(DeploymentFixture.template(resources: [role, identity]))
        #expect(again["properties"]?["provisioningState"] == "Succeeded")
        #expect(
            try await fixture.get("\(fixture.group)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/runner")
                .body["properties"]?["principalId"]?.string == principal
        )
    }

    @Test func `a failure half-way leaves what was made, names the resource, and running it again completes it`()
        async throws
    {
        let fixture = try DeploymentFixture()
        func template(_ access: String) -> JSON {
            DeploymentFixture.template(resources: [
                DeploymentFixture.container("first"),
                DeploymentFixture.container(
                    "second",
                    [
                        "properties": ["publicAccess": .string(access)],
                        "dependsOn": [
                            "contosobackups/default/first"
                        ],
                    ]
                ),
                DeploymentFixture.container("third", ["dependsOn": ["contosobackups/default/second"]]),
                DeploymentFixture.container("beside"),
            ])
        }
        let failed = try await fixture.deploy(template("Blob"))
        let error = try #require(failed["properties"]?["error"])
        #expect(failed["properties"]?["provisioningState"] == "Failed")
        #expect(error["code"] == "DeploymentFailed")
        #expect(error["details"]?.array?.first?["code"] == "PublicAccessNotPermitted")
        #expect(
            try await fixture.operations() == [
                "contosobackups/default/first": "Succeeded", "contosobackups/default/beside": "Succeeded",
                "contosobackups/default/second": "PublicAccessNotPermitted",
            ]
        )
        let old = try await fixture.get("\(fixture.group)/deployments/d/operations")
        #expect(old.body["value"]?.array?.count == 3)
        #expect(fixture.emulated.parts.store.containerExists(account: "contosobackups", container: "first"))
        #expect(!fixture.emulated.parts.store.containerExists(account: "contosobackups", container: "third"))
        let mended = try await fixture.deploy(template("None"))
        #expect(mended["properties"]?["provisioningState"] == "Succeeded")
        #expect(fixture.emulated.parts.store.containerExists(account: "contosobackups", container: "third"))
    }

    @Test func `nested deployments go to other groups, in both scopes, and their failure is the outer one's`()
        async throws
    {
        let fixture = try DeploymentFixture()
        let identity: JSON = [
            "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
            "name": "[parameters('who')]", "location": "[resourceGroup().location]",
        ]
        func nested(_ name: String, scope: String?, parameters: JSON, resources: JSON) -> JSON {
            var properties: JSON = [
                "mode": "Incremental",
                "template": DeploymentFixture.template(
                    parameters: ["who": ["type": "string"]],
                    resources: resources,
                    outputs: ["where": ["type": "string", "value": "[resourceGroup().name]"]]
                ),
            ]
            if let scope {
                properties["expressionEvaluationOptions"] = ["scope": .string(scope)]
                properties["parameters"] = parameters
            }
            return [
                "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": .string(name),
                "resourceGroup": "rg-other", "properties": properties,
            ]
        }
        let template = DeploymentFixture.template(
            parameters: ["who": ["type": "string", "defaultValue": "outer"]],
            resources: [
                nested("inside", scope: "inner", parameters: ["who": ["value": "inner"]], resources: [identity]),
                nested("outside", scope: nil, parameters: [:], resources: [identity]),
            ],
            outputs: [
                "inside": ["type": "string", "value": "[reference('inside').outputs.where.value]"],
                "outside": ["type": "string", "value": "[reference('outside').outputs.where.value]"],
            ]
        )
        let done = try await fixture.deploy(template)
        #expect(done["properties"]?["provisioningState"] == "Succeeded", "\(done.text)")
        #expect(done["properties"]?["outputs"]?["inside"]?["value"] == "rg-other")
        #expect(done["properties"]?["outputs"]?["outside"]?["value"] == "rg-apim")
        let base = fixture.group.replacing("rg-apim", with: "rg-other")
        for (name, place) in [("inner", "northeurope"), ("outer", "westeurope")] {
            let made = try await fixture.get(
                "\(base)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/\(name)"
            )
            #expect(made.body["location"]?.string == place)
        }
        let broken = nested(
            "broken",
            scope: "inner",
            parameters: ["who": ["value": "[reference('/subscriptions/x', '2020-01-01').y]"]],
            resources: []
        )
        let failed = try await fixture.deploy(DeploymentFixture.template(resources: [broken]))
        #expect(failed["properties"]?["error"]?["details"]?.array?.first?["code"] == "InvalidTemplate")
    }

    @Test func `what the deployer may not do is said before anything is made`() async throws {
        let fixture = try DeploymentFixture()
        let role: JSON = [
            "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('x')]",
            "properties": ["roleDefinitionId": "x", "principalId": "y"],
        ]
        let template = DeploymentFixture.template(resources: [DeploymentFixture.container("never"), role])
        for action in ["", "/validate", "/whatIf"] {
            let answer = try await fixture.send(
                template,
                method: action.isEmpty ? .put : .post,
                action: action,
                as: DeploymentFixture.contributor
            )
            #expect(answer.status == 403)
            #expect(answer.code == "InvalidTemplateDeployment")
            #expect(
                answer.message?.contains(
                    "of type 'Microsoft.Authorization/roleAssignments'. The client '\(DeploymentFixture.contributor.clientID)'"
                ) == true
            )
        }
        #expect(!fixture.emulated.parts.store.containerExists(account: "contosobackups", container: "never"))
        #expect(try await fixture.get(fixture.path()).code == "DeploymentNotFound")
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var template: JSON = DeploymentFixture.template()
        var mode = "Incremental"
        var name = "d"
        var status = 400
        var code: String
        var words: String
    }

    @Test(arguments: [
        Refusal(testDescription: "complete mode", mode: "Complete", code: "NotEmulated", words: "the mode 'Complete'"),
        Refusal(testDescription: "no mode", mode: "x", code: "InvalidRequestContent", words: "'mode'"),
        Refusal(testDescription: "bad name", name: "a%20b", code: "InvalidDeploymentName", words: "'a b'"),
        Refusal(
            testDescription: "unknown type",
            template: DeploymentFixture.template(resources: [
                ["type": "Microsoft.Storage/nothing", "apiVersion": "2020-01-01", "name": "x"]
            ]),
            status: 404,
            code: "InvalidResourceType",
            words: "'nothing'"
        ),
        Refusal(
            testDescription: "unknown namespace",
            template: DeploymentFixture.template(resources: [
                ["type": "Contoso.Own/things", "apiVersion": "2020-01-01", "name": "x"]
            ]),
            status: 404,
            code: "InvalidResourceNamespace",
            words: "'Contoso.Own'"
        ),
        Refusal(
            testDescription: "missing group",
            template: DeploymentFixture.template(resources: [
                [
                    "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "n",
                    "resourceGroup": "gone",
                    "properties": ["mode": "Incremental", "template": DeploymentFixture.template()],
                ]
            ]),
            status: 404,
            code: "ResourceGroupNotFound",
            words: "'gone'"
        ),
        Refusal(testDescription: "no template", template: 5, code: "InvalidRequestContent", words: "not an object"),
        Refusal(
            testDescription: "missing parameter",
            template: DeploymentFixture.template(parameters: ["p": ["type": "string"]]),
            code: "InvalidTemplate",
            words: "'p' is not provided"
        ),
    ])
    func `what cannot be deployed is refused`(_ example: Refusal) async throws {
        let fixture = try DeploymentFixture()
        let answer = try await fixture.send(example.template, mode: example.mode, name: example.name)
        #expect(answer.status == example.status)
        #expect(answer.code == example.code)
        #expect(answer.message?.contains(example.words) == true, "\(answer.message ?? "")")
    }

    @Test func `the text that Azure's CLI sends is read, comments and all`() async throws {
        let fixture = try DeploymentFixture()
        let text = """
            {"properties": {"parameters": {}, "mode": "incremental", template: { // as the author wrote it
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "contentVersion": "1.0.0.0", /* nothing
              else */ "resources": [],
              "outputs": {"o": {"type": "string", "value": "two
            lines"}},
            }}}
            """
        let request = EmulatedRequest(
            method: .put,
            rawPath: fixture.path(),
            rawQuery: "api-version=2022-09-01",
            headers: [.authorization: "Bearer \(try fixture.emulated.token(for: DeploymentFixture.owner))"],
            body: Data(text.utf8)
        )
        let answer = try Answer(await fixture.emulated.service(.resourceManager).respond(to: request))
        #expect(answer.status == 201)
        let done = try await fixture.get(fixture.path())
        #expect(done.body["properties"]?["outputs"]?["o"]?["value"] == "two\nlines")
    }

    @Test
    func `a deployment that goes on cannot be replaced, can be canceled, and leaves the history when it has ended`()
        async throws
    {
        let fixture = try DeploymentFixture { $0.timings.deploymentStepSeconds = 10 }
        let template = DeploymentFixture.template(resources: [
            DeploymentFixture.container("one"),
            DeploymentFixture.container("two", ["dependsOn": ["contosobackups/default/one"]]),
        ])
        #expect(try await fixture.send(template).status == 201)
        #expect(try await fixture.send(template).code == "DeploymentActive")
        #expect(try await fixture.get(fixture.path()).body["properties"]?["provisioningState"] == "Running")
        #expect(
            try await fixture.emulated.manage(.post, "\(fixture.path())/cancel", as: DeploymentFixture.owner).status
                == 204
        )
        fixture.emulated.clock.advance(seconds: 10)
        let ended = try await fixture.get(fixture.path())
        #expect(ended.body["properties"]?["provisioningState"] == "Canceled")
        #expect(try await fixture.operations() == ["contosobackups/default/one": "Succeeded"])
        let late = try await fixture.emulated.manage(.post, "\(fixture.path())/cancel", as: DeploymentFixture.owner)
        #expect(late.code == "DeploymentCannotBeCancelled")
        #expect(try await fixture.emulated.manage(.delete, fixture.path(), as: DeploymentFixture.owner).status == 204)
        #expect(try await fixture.get(fixture.path()).status == 404)
    }

    @Test func `a deployment to a subscription makes a group, and deploys into it`() async throws {
        let fixture = try DeploymentFixture()
        let subscription = World.builtIn.subscriptions[0].scope.path
        let template: JSON = [
            "$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "resources": [
                [
                    "type": "Microsoft.Resources/resourceGroups", "apiVersion": "2021-04-01", "name": "rg-new",
                    "location": "[deployment().location]",
                ],
                [
                    "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner",
                    "resourceGroup": "rg-apim",
                    "dependsOn": ["[subscriptionResourceId('Microsoft.Resources/resourceGroups', 'rg-new')]"],
                    "properties": [
                        "mode": "Incremental",
                        "template": DeploymentFixture.template(resources: [DeploymentFixture.container("below")]),
                    ],
                ],
            ],
        ]
        let path = "\(subscription)/providers/Microsoft.Resources/deployments/s"
        let body: JSON = ["location": "westeurope", "properties": ["mode": "Incremental", "template": template]]
        #expect(try await fixture.emulated.manage(.put, path, body: body, as: DeploymentFixture.owner).status == 201)
        let done = try await fixture.get(path)
        #expect(done.body["properties"]?["provisioningState"] == "Succeeded", "\(done.body.text)")
        #expect(try await fixture.get("\(subscription)/resourceGroups/rg-new").body["location"] == "westeurope")
        #expect(fixture.emulated.parts.store.containerExists(account: "contosobackups", container: "below"))
        let nowhere: JSON = ["properties": ["mode": "Incremental", "template": template]]
        #expect(
            try await fixture.emulated.manage(.put, path, body: nowhere, as: DeploymentFixture.owner).code
                == "LocationRequired"
        )
    }

    @Test func `a deployment goes on after a restart, and its history stays`() async throws {
        try await withTemporaryFolder { folder in
            let slow: (inout World) -> Void = { $0.timings.deploymentStepSeconds = 10 }
            let template = DeploymentFixture.template(resources: [
                DeploymentFixture.container("one"),
                DeploymentFixture.container("two", ["dependsOn": ["contosobackups/default/one"]]),
            ])
            let first = try DeploymentFixture(slow, state: folder)
            #expect(try await first.send(template).status == 201)
            #expect(try await first.get(first.path()).body["properties"]?["provisioningState"] == "Running")
            let second = try DeploymentFixture(slow, state: folder)
            second.emulated.clock.advance(seconds: 10)
            _ = try await second.emulated.work.advance()
            second.emulated.clock.advance(seconds: 10)
            let done = try await second.get(second.path())
            #expect(done.body["properties"]?["provisioningState"] == "Succeeded")
            #expect(try await second.operations().count == 2)
        }
    }
}
