import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Runs of workflows in Azure")
struct WorkflowRunTests {
    private static let instance = World.builtIn.instances[0].id.path
    private static let account = World.builtIn.storageAccounts[0].id.path
    private static let look = "\(Emulated.endpoints.resourceManager)\(instance)?api-version=2024-05-01"
    private static let blobs =
        "\(Emulated.endpoints.blob)/contosobackups/apim-backups?restype=container&comp=list"

    private static func backup(_ more: JSON = [:]) -> JSON {
        var action = WorkflowFixture.http(
            "POST",
            "\(Emulated.endpoints.resourceManager)\(Self.instance)/backup?api-version=2024-05-01",
            [
                "body": [
                    "storageAccount": "contosobackups", "containerName": "apim-backups",
                    "backupName": "night.apimbackup", "accessType": "SystemAssignedManagedIdentity",
                ]
            ]
        )
        for member in more.object ?? [] { action[member.name] = member.value }
        return ["Backup": action]
    }

    @Test func `one call with the identity backs up, and is followed to its end`() async throws {
        let fixture = try WorkflowFixture()
        let run = try await fixture.play(
            Self.backup(),
            roles: [(BuiltInRoles.apiManagementOperator, Self.instance)]
        )
        #expect(run["status"] == "Succeeded")
        let action = try await fixture.action("Backup", of: run)
        #expect(action["code"] == "OK")
        let outputs = try await fixture.content(action["outputsLink"])
        #expect(outputs.member(at: "body", "properties", "provisioningState") == "Succeeded")
        let storage = BlobBackups(store: fixture.emulated.parts.store)
        #expect(storage.content(account: "contosobackups", container: "apim-backups", blob: "night.apimbackup") != nil)
        let seconds = try #require(Instant.date(run["endTime"]?.string ?? ""))
            .timeIntervalSince(try #require(Instant.date(run["startTime"]?.string ?? "")))
        #expect((600..<700).contains(seconds), "\(seconds)")
    }

    @Test func `without the role the call is refused, and the run fails`() async throws {
        let fixture = try WorkflowFixture()
        let run = try await fixture.play(Self.backup())
        #expect(run["status"] == "Failed")
        #expect(run["code"] == "ActionFailed")
        let action = try await fixture.action("Backup", of: run)
        #expect(action["code"] == "Forbidden")
        let outputs = try await fixture.content(action["outputsLink"])
        #expect(outputs.member(at: "body", "error", "code") == "AuthorizationFailed")
        #expect(outputs.member(at: "body", "error", "message")?.string?.contains("backup/action") == true)
    }

    @Test func `a role counts only once it has spread`() async throws {
        let fixture = try WorkflowFixture { $0.timings.rolePropagationSeconds = 600 }
        var actions: JSON = ["Now": WorkflowFixture.http("GET", Self.look)]
        actions["Pause"] = [
            "type": "Wait", "inputs": ["interval": ["count": 11, "unit": "Minute"]], "runAfter": ["Now": ["Failed"]],
        ]
        var later = WorkflowFixture.http("GET", Self.look)
        later["runAfter"] = ["Pause": ["Succeeded"]]
        actions["Later"] = later
        let run = try await fixture.play(actions, roles: [(BuiltInRoles.apiManagementReader, Self.instance)])
        #expect(run["status"] == "Succeeded")
    }

    @Test func `blobs are listed with a token for the storage`() async throws {
        let fixture = try WorkflowFixture()
        let list = WorkflowFixture.http(
            "GET",
            Self.blobs,
            ["headers": ["x-ms-version": "2023-11-03"]],
            audience: "https://storage.azure.com/"
        )
        let count: JSON = [
            "type": "Compose", "inputs": "@xpath(xml(body('List')), 'count(//Blob)')",
            "runAfter": ["List": ["Succeeded"]],
        ]
        let run = try await fixture.play(
            ["List": list, "Count": count],
            roles: [(BuiltInRoles.blobDataReader, Self.account)]
        )
        #expect(run["status"] == "Succeeded")
        #expect(try await fixture.content(fixture.action("Count", of: run)["outputsLink"]) == 0)
    }

    @Test(
        arguments: [
            (
                WorkflowFixture.http("GET", Self.look, audience: "https://nowhere.example.com"),
                "InvalidManagedServiceIdentity"
            ),
            (
                WorkflowFixture.http(
                    "GET",
                    Self.look,
                    ["authentication": ["type": "ManagedServiceIdentity", "identity": "/subscriptions/a/b/c"]]
                ), "InvalidManagedServiceIdentity"
            ), (WorkflowFixture.http("GET", "https://example.com/hook"), "NotEmulated"),
            (WorkflowFixture.http("GET", "@{concat('htt', 'q')}://a"), "BadRequest"),
        ] as [(JSON, String)]
    )
    func `a call that cannot be made fails with the reason`(_ action: JSON, _ code: String) async throws {
        let fixture = try WorkflowFixture()
        let run = try await fixture.play(["Call": action])
        #expect(run["status"] == "Failed")
        let call = try await fixture.action("Call", of: run)
        #expect(call["code"]?.string == code)
        #expect(call.member(at: "error", "message")?.string?.isEmpty == false)
    }

    @Test func `faults apply, and failed attempts stand in the history`() async throws {
        let rules = [
            FaultRule(path: "*/contoso-apim", times: 2, effect: FaultEffect(status: 503, code: "Busy")),
            FaultRule(path: "*/contoso-apim", times: 3, effect: FaultEffect(loseAnswer: true)),
        ]
        let fixture = try WorkflowFixture(faults: rules)
        let policy: JSON = ["retryPolicy": ["type": "fixed", "count": 5, "interval": "PT10S"]]
        let run = try await fixture.play(
            ["Look": WorkflowFixture.http("GET", Self.look, policy)],
            roles: [(BuiltInRoles.apiManagementReader, Self.instance)]
        )
        #expect(run["status"] == "Succeeded")
        let attempts = try await fixture.action("Look", of: run)["retryHistory"]?.array?.map { $0["code"] }
        #expect(attempts == ["ServiceUnavailable", "ServiceUnavailable", "NoResponse"])
        let calls = fixture.emulated.parts.ledger.calls.filter { $0.userAgent?.hasPrefix("azure-logic-apps") == true }
        #expect(calls.map(\.status) == [503, 503, 0, 200])
    }

    @Test func `runs are listed in pages and by status, with their actions`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(
            [
                "A": ["type": "Compose", "inputs": "@div(1, triggerBody()?['n'])"],
                "B": ["type": "Compose", "inputs": 2, "runAfter": ["A": ["Succeeded"]]],
            ],
            trigger: WorkflowFixture.request
        )
        for n in [1, 0, 2, 0, 3] {
            #expect(try await fixture.send(.post, "/triggers/Nightly/run", body: ["n": .integer(n)]).status == 202)
            try await fixture.emulated.live(hours: 1)
        }
        #expect(try await fixture.runs().map { $0["status"]?.string?.first } == ["S", "F", "S", "F", "S"])
        #expect(try await fixture.runs(query: "$filter=status%20eq%20'Failed'").count == 2)
        let since = "$filter=startTime%20ge%202026-11-24T04:00:00Z%20and%20status%20eq%20%27Succeeded%27"
        #expect(try await fixture.runs(query: since).count == 1)
        #expect(
            try await fixture.send(.get, "/runs", query: "$filter=status%20like%201").code
                == "InvalidFilterInQueryString"
        )
        let page = try await fixture.send(.get, "/runs", query: "$top=2")
        #expect(page.body["value"]?.array?.count == 2)
        let next = try #require(page.body["nextLink"]?.string.flatMap(RequestTarget.init))
        let second = try await fixture.emulated.manage(.get, next.path, query: next.query, as: DeploymentFixture.owner)
        #expect(second.body["value"]?.array?.count == 2)
        let failed = try #require(try await fixture.runs(query: "$filter=status%20eq%20'Failed'").first)
        let name = failed["name"]?.string ?? ""
        let actions = try await fixture.send(.get, "/runs/\(name)/actions")
        #expect(actions.body["value"]?.array?.map { $0.member(at: "properties", "status") } == ["Failed", "Skipped"])
        let skipped = try await fixture.send(.get, "/runs/\(name)/actions", query: "$filter=status%20eq%20'Skipped'")
        #expect(skipped.body["value"]?.array?.map { $0["name"] } == ["B"])
        #expect(try await fixture.send(.get, "/runs/\(name)/actions/C").code == "WorkflowRunActionNotFound")
        #expect(try await fixture.send(.get, "/runs/0").code == "WorkflowRunNotFound")
    }

    @Test func `a run can be cancelled while it goes on, and not afterwards`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(
            ["Slow": ["type": "Wait", "inputs": ["interval": ["count": 5, "unit": "Hour"]]]],
            trigger: WorkflowFixture.request
        )
        #expect(try await fixture.send(.post, "/triggers/Nightly/run").status == 202)
        try await fixture.emulated.live(hours: 1)
        let name = try await fixture.runs().first?["name"]?.string ?? ""
        #expect(try await fixture.send(.post, "/runs/\(name)/cancel").status == 200)
        let run = try #require(try await fixture.runs().first)
        #expect(run["status"] == "Cancelled")
        #expect(try await fixture.action("Slow", of: run)["status"] == "Cancelled")
        #expect(try await fixture.send(.post, "/runs/\(name)/cancel").code == "WorkflowRunNotActive")
        try await fixture.emulated.live(hours: 10)
        #expect(try await fixture.runs().first?["status"] == "Cancelled")
    }

    @Test func `iterations of loops are shown one by one`() async throws {
        let fixture = try WorkflowFixture()
        let run = try await fixture.play([
            "Each": [
                "type": "Foreach", "foreach": "@range(1, 3)",
                "actions": ["Double": ["type": "Compose", "inputs": "@mul(items('Each'), 2)"]],
            ]
        ])
        #expect(run["status"] == "Succeeded")
        let name = run["name"]?.string ?? ""
        let list = try await fixture.send(.get, "/runs/\(name)/actions/Double/repetitions")
        #expect(list.body["value"]?.array?.map { $0["name"] } == ["000000", "000001", "000002"])
        let last = try await fixture.send(.get, "/runs/\(name)/actions/Double/repetitions/000002")
        #expect(try await fixture.content(last.body.member(at: "properties", "outputsLink")) == 6)
        let scopes = try await fixture.send(.get, "/runs/\(name)/actions/Each/scopeRepetitions")
        #expect(scopes.body["value"]?.array?.count == 3)
        #expect(try await fixture.action("Double", of: run)["repetitionCount"] == 3)
    }

    @Test func `history is kept for ninety days`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(WorkflowFixture.compose())
        try await fixture.emulated.live(hours: 24 * 100)
        let runs = try await fixture.runs()
        #expect((90...91).contains(runs.count), "\(runs.count)")
    }
}
