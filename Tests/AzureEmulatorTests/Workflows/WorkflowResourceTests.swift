import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Workflows as resources")
struct WorkflowResourceTests {
    @Test func `a workflow is put, shown, listed, turned off and on, and deleted`() async throws {
        let fixture = try WorkflowFixture()
        let definition = WorkflowFixture.definition(WorkflowFixture.compose())
        let made = try await fixture.send(.put, body: WorkflowFixture.body(definition, ["tags": ["a": "b"]]))
        #expect(made.status == 201)
        let properties = try #require(made.body["properties"])
        #expect(properties["state"] == "Enabled")
        #expect(properties["provisioningState"] == "Succeeded")
        #expect(properties["definition"] == definition)
        #expect(properties["version"]?.string?.hasPrefix("0858") == true)
        #expect(made.body.member(at: "identity", "principalId")?.string?.isEmpty == false)
        let again = try await fixture.send(.put, body: WorkflowFixture.body(definition))
        #expect(again.status == 200)
        #expect(again.body.member(at: "properties", "version") == properties["version"])
        #expect(again.body.member(at: "identity", "principalId") == made.body.member(at: "identity", "principalId"))
        let changed = try await fixture.send(
            .put,
            body: WorkflowFixture.body(WorkflowFixture.definition(WorkflowFixture.compose(2)))
        )
        let newer = changed.body.member(at: "properties", "version")?.string ?? ""
        #expect(newer < properties["version"]?.string ?? "")
        let versions = try await fixture.send(.get, "/versions")
        #expect(versions.body["value"]?.array?.map { $0["name"] } == [.string(newer)])
        #expect(try await fixture.send(.get, "/versions/\(newer)").body["type"] == "Microsoft.Logic/workflows/versions")
        #expect(try await fixture.send(.get, "/versions/1").code == "WorkflowVersionNotFound")
        #expect(try await fixture.send(.patch, body: ["tags": ["c": "d"]]).body["tags"] == ["c": "d"])
        #expect(try await fixture.send(.post, "/disable").status == 200)
        #expect(try await fixture.send(.get).body.member(at: "properties", "state") == "Disabled")
        #expect(try await fixture.send(.post, "/enable").status == 200)
        #expect(try await fixture.send(.get).body.member(at: "properties", "state") == "Enabled")
        let group = try await fixture.deployments.get("\(fixture.deployments.group)/resources")
        #expect(group.body["value"]?.array?.contains { $0["type"] == "Microsoft.Logic/workflows" } == true)
        #expect(try await fixture.send(.delete).status == 200)
        #expect(try await fixture.send(.delete).status == 204)
        #expect(try await fixture.send(.get).code == "ResourceNotFound")
        #expect(try await fixture.send(.get, "/runs").code == "ResourceNotFound")
    }

    @Test(
        arguments: [
            (WorkflowFixture.body(["a": 1]), "InvalidTemplate"),
            (WorkflowFixture.body(WorkflowFixture.definition(["A": ["type": "Nothing"]])), "InvalidTemplate"),
            (
                WorkflowFixture.body(WorkflowFixture.definition([:], parameters: ["p": ["type": "Int"]])),
                "WorkflowParameterNotSpecified"
            ),
            (
                WorkflowFixture.body(
                    WorkflowFixture.definition(["A": ["type": "ApiConnection", "inputs": [:]]])
                ), "NotEmulated"
            ), (["location": "westeurope", "properties": [:]], "InvalidRequestContent"),
            (
                WorkflowFixture.body(
                    WorkflowFixture.definition([:]),
                    ["properties": ["definition": [:], "state": "On"]]
                ),
                "InvalidTemplate"
            ),
        ] as [(JSON, String)]
    )
    func `a workflow that cannot work is refused, and validate says the same`(_ body: JSON, _ code: String) async throws
    {
        let fixture = try WorkflowFixture()
        let answer = try await fixture.send(.put, body: body)
        #expect(answer.status == 400)
        #expect(answer.code == code)
        #expect(try await fixture.send(.get).code == "ResourceNotFound")
        guard code != "InvalidRequestContent" else { return }
        #expect(try await fixture.send(.post, "/validate", body: body).code == code)
    }

    @Test func `validate takes what put takes`() async throws {
        let fixture = try WorkflowFixture()
        let body = WorkflowFixture.body(WorkflowFixture.definition(WorkflowFixture.compose()))
        #expect(try await fixture.send(.post, "/validate", body: body).status == 200)
        let byRegion =
            "\(fixture.deployments.group)/providers/Microsoft.Logic/locations/westeurope/workflows/night/validate"
        let answer = try await fixture.emulated.manage(.post, byRegion, body: body, as: DeploymentFixture.owner)
        #expect(answer.status == 200)
        #expect(try await fixture.send(.get).code == "ResourceNotFound")
    }

    @Test func `a secure parameter is used and not shown`() async throws {
        let fixture = try WorkflowFixture()
        let definition = WorkflowFixture.definition(
            WorkflowFixture.compose("@parameters('key')"),
            trigger: WorkflowFixture.request,
            parameters: ["key": ["type": "SecureString"]]
        )
        let properties: JSON = ["definition": definition, "parameters": ["key": ["value": "hidden"]]]
        let made = try await fixture.send(.put, body: WorkflowFixture.body(definition, ["properties": properties]))
        #expect(made.status == 201)
        #expect(!made.body.text.contains("hidden"))
        #expect(try await fixture.send(.post, "/triggers/Nightly/run").status == 202)
        try await fixture.emulated.live(hours: 0.1)
        let run = try #require(try await fixture.runs().first)
        #expect(try await fixture.content(fixture.action("A", of: run)["outputsLink"]) == "hidden")
    }

    @Test(
        arguments: [
            ("", HTTPRequest.Method.get, "Microsoft.Logic/workflows/read"),
            ("/runs", .get, "Microsoft.Logic/workflows/runs/read"),
            ("/enable", .post, "Microsoft.Logic/workflows/enable/action"),
            ("/triggers/Nightly/run", .post, "Microsoft.Logic/workflows/triggers/run/action"),
            ("/triggers/Nightly/listCallbackUrl", .post, "Microsoft.Logic/workflows/triggers/listCallbackUrl/action"),
        ]
    )
    func `each call wants its right`(_ rest: String, _ method: HTTPRequest.Method, _ action: String) async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(WorkflowFixture.compose())
        let answer = try await fixture.send(method, rest, as: try fixture.emulated.runner)
        #expect(answer.status == 403)
        #expect(answer.message?.contains("'\(action)'") == true)
    }

    @Test func `a deployment makes a workflow, and a role for its identity`() async throws {
        let fixture = try DeploymentFixture()
        let definition = WorkflowFixture.definition(WorkflowFixture.compose("@@plain"))
        let template = DeploymentFixture.template(
            resources: [
                [
                    "type": "Microsoft.Logic/workflows", "apiVersion": "2019-05-01", "name": "night",
                    "location": "[resourceGroup().location]", "identity": ["type": "SystemAssigned"],
                    "properties": ["definition": definition],
                ]
            ],
            outputs: [
                "principal": [
                    "type": "string",
                    "value":
                        "[reference(resourceId('Microsoft.Logic/workflows', 'night'), '2019-05-01', 'Full').identity.principalId]",
                ]
            ]
        )
        let deployed = try await fixture.deploy(template)
        #expect(deployed.member(at: "properties", "provisioningState") == "Succeeded", "\(deployed.text)")
        let principal = deployed.member(at: "properties", "outputs", "principal")?.member("value")?.string
        let directory = fixture.emulated.parts.cloud.read { state, _ in state.directory.map(\.objectID) }
        #expect(directory.contains(principal ?? ""))
    }
}
