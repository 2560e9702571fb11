import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Container Apps jobs")
struct JobTests {
    @Test func `are put, shown without their secrets, changed, listed and deleted`() async throws {
        let fixture = try await JobFixture()
        let made = try await fixture.call(.put, fixture.path(), fixture.job())
        #expect(made.status == 201, "\(made.message ?? "")")
        #expect(made.body["properties"]?["provisioningState"] == "Succeeded")
        #expect(made.body["identity"]?["principalId"]?.string?.isEmpty == false)
        #expect(!made.body.text.contains("hush"))
        let secrets = try await fixture.call(.post, fixture.path() + "/listSecrets")
        #expect(secrets.body["value"] == [["name": "token", "value": "hush"]])
        let change: JSON = ["properties": ["configuration": ["replicaTimeout": 60]]]
        let changed = try await fixture.call(.patch, fixture.path(), change)
        #expect(changed.body.member(at: "properties", "configuration", "replicaTimeout") == 60)
        #expect(try await fixture.call(.post, fixture.path() + "/listSecrets").body == secrets.body)
        let list = try await fixture.call(.get, fixture.deployment.group + "/providers/Microsoft.App/jobs")
        #expect(list.body["value"]?.array?.count == 1)
        #expect(try await fixture.call(.delete, fixture.path()).status == 200)
        #expect(try await fixture.call(.get, fixture.path()).code == "ResourceNotFound")
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        var path: String
        var value: JSON
        var code: String
        var testDescription: String { "\(self.path) = \(self.value.text)" }

        static let all = [
            Mistake(path: "properties.environmentId", value: "/subscriptions/x/gone", code: "LinkedInvalidPropertyId"),
            Mistake(path: "properties.configuration.triggerType", value: "Cron", code: "InvalidRequestContent"),
            Mistake(path: "properties.configuration.replicaTimeout", value: 0, code: "InvalidRequestContent"),
            Mistake(
                path: "properties.configuration.scheduleTriggerConfig.cronExpression",
                value: "@daily",
                code: "InvalidRequestContent"
            ),
            Mistake(path: "properties.template.containers", value: [], code: "InvalidRequestContent"),
            Mistake(
                path: "properties.template.containers",
                value: [["name": "main", "image": "elsewhere:1"]],
                code: "InvalidParameterValueInContainerTemplate"
            ),
            Mistake(
                path: "properties.configuration.secrets",
                value: [],
                code: "InvalidParameterValueInContainerTemplate"
            ),
            Mistake(path: "location", value: "mars", code: "LocationNotAvailableForResourceType"),
        ]
    }

    @Test(arguments: Mistake.all)
    func `are refused where they could not run`(_ mistake: Mistake) async throws {
        let fixture = try await JobFixture { $0.rules.containerAppsRegions = ["westeurope"] }
        let answer = try await fixture.call(.put, fixture.path(), fixture.job([mistake.path: mistake.value]))
        #expect(answer.code == mistake.code, "\(answer.message ?? "")")
        #expect(try await fixture.call(.get, fixture.path()).status == 404)
    }

    @Test(arguments: ["Night", "n", "-night", "night-", "a--b", String(repeating: "a", count: 33)])
    func `have names by Azure's rule`(_ name: String) async throws {
        let fixture = try await JobFixture()
        #expect(try await fixture.call(.put, fixture.path(name), fixture.job()).code == "InvalidResourceName")
    }

    @Test func `begin when their schedule says so, once for each time, by the emulator's clock`() async throws {
        let fixture = try await JobFixture()
        _ = try await fixture.call(.put, fixture.path(), fixture.job())
        #expect(try await fixture.executions().isEmpty)
        for hour in 1...3 {
            fixture.deployment.emulated.clock.advance(seconds: 3600)
            #expect(try await fixture.executions().count == hour)
            #expect(try await fixture.executions().count == hour)
        }
        // What was missed while nobody looked is begun once, as a start that is late by less than an hour.
        fixture.deployment.emulated.clock.advance(seconds: 86_400)
        #expect(try await fixture.executions().count == 4)
        let newest = try #require(try await fixture.executions().first)
        #expect(newest.member(at: "properties", "status") == "Running")
        #expect(newest.member(at: "properties", "startTime") == "2026-11-25T04:00:00.000Z")
    }

    @Test func `are started by a call, with another template where the caller sends one, and stopped`() async throws {
        let fixture = try await JobFixture()
        _ = try await fixture.call(.put, fixture.path(), fixture.job())
        let plain = try await fixture.call(.post, fixture.path() + "/start")
        #expect(plain.status == 200)
        let name = try #require(plain.body["name"]?.string)
        let other: JSON = ["containers": [["name": "main", "image": .string(JobFixture.image), "args": ["check"]]]]
        let changed = try #require(try await fixture.call(.post, fixture.path() + "/start", other).body["name"]?.string)
        let shown = try await fixture.call(.get, fixture.path() + "/executions/\(changed)")
        #expect(shown.body.member(at: "properties", "template") == other)
        #expect(try await fixture.call(.post, fixture.path() + "/stop/\(name)").status == 200)
        #expect(try await fixture.call(.post, fixture.path() + "/executions/\(name)/stop").status == 200)
        #expect(try await fixture.call(.post, fixture.path() + "/stop/gone").code == "JobExecutionNotFound")
        #expect(try await fixture.call(.post, fixture.path() + "/stop").body["value"]?.array?.count == 2)
        let states = fixture.deployment.emulated.parts.cloud.read { state, _ in
            state.executions.values.map(\.isStopping)
        }
        #expect(states == [true, true])
    }

    @Test(arguments: ["/start", "/stop", "/listSecrets"])
    func `are started, stopped and asked for secrets by those who may`(_ action: String) async throws {
        let fixture = try await JobFixture { world in
            world.roleAssignments.append(
                World.assignment("r", BuiltInRoles.reader, at: world.subscriptions[0].scope)
            )
        }
        _ = try await fixture.call(.put, fixture.path(), fixture.job())
        let reader = Principal(objectID: "r", clientID: "c", tenantID: World.builtIn.tenantID)
        #expect(try await fixture.call(.post, fixture.path() + action, as: reader).code == "AuthorizationFailed")
        #expect(try await fixture.call(.get, fixture.path() + "/executions", as: reader).status == 200)
        #expect(try await fixture.call(.get, fixture.path() + action).status == 405)
    }

    @Test func `keep the last hundred executions that ended`() async throws {
        let fixture = try await JobFixture()
        _ = try await fixture.call(.put, fixture.path(), fixture.job())
        let cloud = fixture.deployment.emulated.parts.cloud
        for _ in 0..<105 {
            _ = try await fixture.call(.post, fixture.path() + "/start")
            try cloud.change { state, now in
                let ended = state.executions.values.filter { $0.endedAt == nil }.map { execution in
                    var execution = execution
                    execution.endedAt = now
                    return execution
                }
                return (ended.map(CloudChange.execution), ())
            }
        }
        #expect(try await fixture.executions().count == 100)
    }

    @Test func `are there after a restart, with their executions and the time of the last look`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await JobFixture(state: folder)
            _ = try await first.call(.put, first.path(), first.job())
            first.deployment.emulated.clock.advance(seconds: 3600)
            let before = try await first.executions()
            #expect(before.count == 1)
            let second = try await JobFixture(state: folder)
            second.deployment.emulated.clock.advance(seconds: 3600)
            #expect(try await second.executions() == before)
        }
    }
}
