import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Triggers of workflows")
struct WorkflowTriggerTests {
    /// The times of a trigger's history, the newest first: when it was to fire, and what came of it.
    private func firings(_ fixture: WorkflowFixture) async throws -> [String] {
        let answer = try await fixture.send(.get, "/triggers/Nightly/histories")
        return (answer.body["value"]?.array ?? []).map { firing in
            let properties = firing["properties"] ?? [:]
            let time = properties["scheduledTime"]?.string?.prefix(16) ?? "now"
            return "\(time) \(properties["status"]?.string ?? "")"
        }
    }

    @Test func `a recurrence fires each night, and says when it will`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(WorkflowFixture.compose("@trigger()?['scheduledTime']"))
        try await fixture.emulated.live(hours: 60)
        #expect(try await self.firings(fixture) == ["2026-11-26T01:00 Succeeded", "2026-11-25T01:00 Succeeded"])
        let runs = try await fixture.runs()
        #expect(runs.map { $0["status"] } == ["Succeeded", "Succeeded"])
        #expect(runs[0]["startTime"] == "2026-11-26T01:00:00.0000000Z")
        let scheduled = try await fixture.content(fixture.action("A", of: runs[1])["outputsLink"])
        #expect(scheduled == "2026-11-25T01:00:00.0000000Z")
        let trigger = try await fixture.send(.get, "/triggers/nightly").body["properties"]
        #expect(trigger?["nextExecutionTime"] == "2026-11-27T01:00:00.0000000Z")
        #expect(trigger?["lastExecutionTime"] == "2026-11-26T01:00:00.0000000Z")
        #expect(trigger?.member(at: "recurrence", "frequency") == "Day")
        let list = try await fixture.send(.get, "/triggers")
        #expect(list.body["value"]?.array?.count == 1)
        #expect(try await fixture.send(.get, "/triggers/other").code == "WorkflowTriggerNotFound")
    }

    @Test func `without a start time it fires at once, and anew with each version`() async throws {
        let fixture = try WorkflowFixture()
        let trigger: JSON = ["type": "Recurrence", "recurrence": ["frequency": "Day", "interval": 1]]
        try await fixture.make(WorkflowFixture.compose(), trigger: trigger)
        try await fixture.emulated.live(hours: 1)
        #expect(try await fixture.runs().count == 1)
        #expect(try await fixture.send(.patch, body: ["tags": ["a": "b"]]).status == 200)
        try await fixture.emulated.live(hours: 1)
        #expect(try await fixture.runs().count == 1)
        let newer = WorkflowFixture.definition(WorkflowFixture.compose(2), trigger: trigger)
        #expect(try await fixture.send(.put, body: WorkflowFixture.body(newer)).status == 200)
        try await fixture.emulated.live(hours: 30)
        #expect(try await fixture.runs().count == 3)
    }

    @Test func `a workflow that is off does not fire, and makes up for nothing`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(WorkflowFixture.compose())
        #expect(try await fixture.send(.post, "/disable").status == 200)
        try await fixture.emulated.live(hours: 40)
        #expect(try await fixture.send(.post, "/triggers/Nightly/run").code == "WorkflowTriggerIsNotEnabled")
        let trigger = try await fixture.send(.get, "/triggers/Nightly").body["properties"]
        #expect(trigger?["nextExecutionTime"] == nil)
        #expect(try await fixture.send(.post, "/enable").status == 200)
        try await fixture.emulated.live(hours: 7)
        #expect(try await fixture.runs().isEmpty)
        try await fixture.emulated.live(hours: 24)
        #expect(try await self.firings(fixture) == ["2026-11-26T01:00 Succeeded"])
    }

    @Test func `a night is skipped while the one before goes on`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(["Slow": ["type": "Wait", "inputs": ["interval": ["count": 25, "unit": "Hour"]]]])
        try await fixture.emulated.live(hours: 75)
        #expect(
            try await self.firings(fixture) == [
                "2026-11-27T01:00 Succeeded", "2026-11-26T01:00 Skipped", "2026-11-25T01:00 Succeeded",
            ]
        )
        #expect(try await fixture.runs().count == 2)
        let skipped = try await fixture.send(
            .get,
            "/triggers/Nightly/histories",
            query: "$filter=status%20eq%20'Skipped'"
        )
        #expect(skipped.body["value"]?.array?.count == 1)
        #expect(skipped.body["value"]?.array?.first?.member(at: "properties", "fired") == false)
    }

    @Test func `somebody who may can start it now`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(WorkflowFixture.compose())
        let started = try await fixture.send(.post, "/triggers/Nightly/run")
        #expect(started.status == 202)
        let run = try #require(started.header("x-ms-workflow-run-id"))
        try await fixture.emulated.live(hours: 0.1)
        #expect(try await fixture.send(.get, "/runs/\(run)").body.member(at: "properties", "status") == "Succeeded")
        let history = try await fixture.send(.get, "/triggers/Nightly/histories/\(run)")
        #expect(history.body.member(at: "properties", "run", "name")?.string == run)
        #expect(history.body.member(at: "properties", "scheduledTime") == nil)
    }

    @Test func `an address with a signature starts it, and another does not`() async throws {
        let fixture = try WorkflowFixture()
        try await fixture.make(WorkflowFixture.compose("@triggerBody()?['who']"), trigger: WorkflowFixture.request)
        let callback = try await fixture.send(.post, "/triggers/Nightly/listCallbackUrl")
        let value = try #require(callback.body["value"]?.string)
        let target = try #require(RequestTarget(value))
        func call(_ query: String) async -> EmulatedResponse {
            let body = Data(#"{"who": "me"}"#.utf8)
            let request = EmulatedRequest(method: .post, rawPath: target.path, rawQuery: query, body: body)
            return await fixture.emulated.service(.resourceManager).respond(to: request)
        }
        #expect(await call(target.query).status == .accepted)
        #expect(await call(target.query.replacing("sig=", with: "sig=A")).status == .unauthorized)
        #expect(await call("api-version=2016-10-01").status == .unauthorized)
        try await fixture.emulated.live(hours: 0.1)
        let runs = try await fixture.runs()
        #expect(runs.count == 1)
        #expect(try await fixture.content(fixture.action("A", of: runs[0])["outputsLink"]) == "me")
    }

    @Test func `after a restart all is there, and nothing is done twice or made up for`() async throws {
        try await withTemporaryFolder { folder in
            let wait: JSON = ["type": "Wait", "inputs": ["interval": ["count": 2, "unit": "Hour"]]]
            let first = try WorkflowFixture(state: folder)
            try await first.make([
                "Slow": wait, "A": ["type": "Compose", "inputs": 1, "runAfter": ["Slow": ["Succeeded"]]],
            ])
            try await first.emulated.live(hours: 24.5)
            #expect(try await first.runs().map { $0["status"] } == ["Running"])
            let second = try WorkflowFixture(state: folder, hoursLater: 24.5)
            #expect(try await second.runs().map { $0["status"] } == ["Running"])
            try await second.emulated.live(hours: 2)
            #expect(try await second.runs().map { $0["status"] } == ["Succeeded"])
            let third = try WorkflowFixture(state: folder, hoursLater: 75)
            try await third.emulated.live(hours: 10)
            #expect(try await third.runs().count == 1)
            try await third.emulated.live(hours: 24)
            #expect(try await third.runs().count == 2)
            #expect(try await third.send(.get, "/versions").body["value"]?.array?.count == 1)
        }
    }
}
