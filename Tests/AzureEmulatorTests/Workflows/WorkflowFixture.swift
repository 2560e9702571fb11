import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// A workflow in the built-in group, on a clock that a test moves.
struct WorkflowFixture {
    let deployments: DeploymentFixture
    let path: String

    init(
        _ name: String = "night",
        state: String? = nil,
        hoursLater: Double = 0,
        faults: [FaultRule] = [],
        _ change: (inout World) -> Void = { _ in }
    ) throws {
        let clock = ManualEmulatorClock()
        clock.advance(seconds: hoursLater * 3600)
        self.deployments = try DeploymentFixture(change, clock: clock, state: state, faults: faults)
        self.path = "\(self.deployments.group)/providers/Microsoft.Logic/workflows/\(name)"
    }

    var emulated: Emulated { self.deployments.emulated }

    static let nightly: JSON = [
        "type": "Recurrence",
        "recurrence": [
            "frequency": "Day", "interval": 1, "timeZone": "UTC", "startTime": "2026-11-24T12:00:00",
            "schedule": ["hours": [1], "minutes": [0]],
        ], "runtimeConfiguration": ["concurrency": ["runs": 1]],
    ]
    static let request: JSON = ["type": "Request", "kind": "Http", "inputs": ["schema": [:]]]

    static func definition(_ actions: JSON, trigger: JSON = Self.nightly, parameters: JSON = [:]) -> JSON {
        [
            "$schema":
                "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
            "contentVersion": "1.0.0.0", "parameters": parameters, "triggers": ["Nightly": trigger], "actions": actions,
        ]
    }

    static func body(_ definition: JSON, _ more: JSON = [:]) -> JSON {
        var body: JSON = [
            "location": "westeurope", "identity": ["type": "SystemAssigned"], "properties": ["definition": definition],
        ]
        for member in more.object ?? [] { body[member.name] = member.value }
        return body
    }

    static func compose(_ value: JSON = 1) -> JSON { ["A": ["type": "Compose", "inputs": value]] }

    /// A call of the workflow with its identity.
    static func http(_ method: String, _ uri: String, _ more: JSON = [:], audience: String? = nil) -> JSON {
        let audience = audience ?? Emulated.endpoints.resourceManager + "/"
        var inputs: JSON = [
            "method": .string(method), "uri": .string(uri), "retryPolicy": ["type": "none"],
            "authentication": ["type": "ManagedServiceIdentity", "audience": .string(audience)],
        ]
        for member in more.object ?? [] { inputs[member.name] = member.value }
        return ["type": "Http", "inputs": inputs]
    }

    func send(
        _ method: HTTPRequest.Method,
        _ rest: String = "",
        query: String = "",
        body: JSON? = nil,
        as caller: Principal = DeploymentFixture.owner
    ) async throws -> Answer {
        let query = "api-version=2019-05-01" + (query.isEmpty ? "" : "&" + query)
        return try await self.emulated.manage(method, self.path + rest, query: query, body: body, as: caller)
    }

    /// Makes the workflow; the object id of its identity.
    @discardableResult
    func make(_ actions: JSON, trigger: JSON = Self.nightly) async throws -> String {
        let answer = try await self.send(.put, body: Self.body(Self.definition(actions, trigger: trigger)))
        #expect(answer.status == 201, "\(answer.body.text)")
        return answer.body.member(at: "identity", "principalId")?.string ?? ""
    }

    /// Starts a run now, and lets time pass until it has ended.
    func play(_ actions: JSON, roles: [(String, String)] = []) async throws -> JSON {
        let principal = try await self.make(actions, trigger: Self.request)
        for (role, scope) in roles { try await self.grant(principal, role, at: scope) }
        #expect(try await self.send(.post, "/triggers/Nightly/run").status == 202)
        try await self.emulated.live(hours: 13)
        return try #require(try await self.runs().first)
    }

    func grant(_ principal: String, _ role: String, at scope: String) async throws {
        let name = DerivedID.guid("\(principal)\(role)\(scope)")
        let body: JSON = [
            "properties": [
                "principalId": .string(principal), "principalType": "ServicePrincipal",
                "roleDefinitionId": .string(
                    "\(World.builtIn.subscriptions[0].scope)/providers/Microsoft.Authorization/roleDefinitions/\(role)"
                ),
            ]
        ]
        let answer = try await self.emulated.manage(
            .put,
            "\(scope)/providers/Microsoft.Authorization/roleAssignments/\(name)",
            query: "api-version=2022-04-01",
            body: body,
            as: DeploymentFixture.owner
        )
        #expect(answer.status == 201, "\(answer.body.text)")
    }

    /// The `properties` of the runs, the newest first.
    func runs(query: String = "") async throws -> [JSON] {
        let answer = try await self.send(.get, "/runs", query: query)
        #expect(answer.status == 200, "\(answer.body.text)")
        return (answer.body["value"]?.array ?? []).map { run in
            var properties = run["properties"] ?? [:]
            properties["name"] = run["name"]
            return properties
        }
    }

    /// The `properties` of an action of a run.
    func action(_ name: String, of run: JSON) async throws -> JSON {
        let answer = try await self.send(.get, "/runs/\(run["name"]?.string ?? "")/actions/\(name)")
        #expect(answer.status == 200, "\(answer.body.text)")
        return answer.body["properties"] ?? [:]
    }

    /// What a link of a run's history leads to.
    func content(_ link: JSON?) async throws -> JSON {
        let uri = try #require(link?["uri"]?.string)
        let target = try #require(RequestTarget(uri))
        let request = EmulatedRequest(method: .get, rawPath: target.path, rawQuery: target.query)
        let answer = try Answer(await self.emulated.service(.resourceManager).respond(to: request))
        #expect(answer.status == 200, "\(uri) \(answer.body.text)")
        return answer.body
    }
}

extension Emulated {
    /// Lets time pass, in which Azure does what it does by itself.
    func live(hours: Double) async throws {
        let end = self.clock.now.addingTimeInterval(hours * 3600)
        while true {
            let next = try await self.work.advance() ?? .distantFuture
            guard next < end else { break }
            self.clock.advance(seconds: max(next.timeIntervalSince(self.clock.now), 0.001))
        }
        self.clock.advance(seconds: end.timeIntervalSince(self.clock.now))
        _ = try await self.work.advance()
    }
}
