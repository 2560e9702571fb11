import EmulatorRuntime
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import AzureEmulator

@Suite("Executions of jobs", .timeLimit(.minutes(1)))
struct JobExecutionRunTests {
    /// Containers that end as a test says, in the order in which they begin.
    final class ScriptedContainers: ContainerRunner {
        private let ends: Mutex<[Int?]>
        let commands = Mutex<[[String]]>([])
        let environments = Mutex<[[String: String]]>([])
        let most = Mutex((now: 0, most: 0))

        /// Exit codes; nil for a container that ends only when it is cancelled.
        init(_ ends: [Int?]) { self.ends = Mutex(ends) }

        func run(
            _ command: [String],
            environment: [String: String],
            mounts: [ContainerMount],
            log: @escaping @Sendable (Data) -> Void
        ) async throws -> Int {
            self.commands.withLock { $0.append(command) }
            self.environments.withLock { $0.append(environment) }
            self.most.withLock { count in
                count.now += 1
                count.most = max(count.most, count.now)
            }
            defer { self.most.withLock { $0.now -= 1 } }
            log(Data("line\n".utf8))
            guard let end = self.ends.withLock({ $0.isEmpty ? 0 : $0.removeFirst() }) else {
                await WakeSignal().wait()
                return 143
            }
            await Task.yield()
            return end
        }
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var ends: [Int?]
        var retries = 0
        var completions = 1
        var parallelism = 1
        var timesOut = false
        var status: JobExecution.Status
        var codes: [Int]

        static let all = [
            Case(testDescription: "one that exits with 0", ends: [0], status: .succeeded, codes: [0]),
            Case(testDescription: "one that fails", ends: [3], status: .failed, codes: [3]),
            Case(testDescription: "one that fails once", ends: [3, 0], retries: 1, status: .succeeded, codes: [3, 0]),
            Case(
                testDescription: "one that fails always",
                ends: [1, 1, 1],
                retries: 2,
                status: .failed,
                codes: [1, 1, 1]
            ),
            Case(testDescription: "one that takes too long", ends: [nil], timesOut: true, status: .failed, codes: []),
            Case(
                testDescription: "three, two at once",
                ends: [],
                completions: 3,
                parallelism: 2,
                status: .succeeded,
                codes: [0, 0, 0]
            ),
            Case(
                testDescription: "three, of which one fails",
                ends: [0, 5],
                completions: 3,
                status: .failed,
                codes: [0, 5]
            ),
        ]
    }

    @Test(arguments: Case.all)
    func `end as their replicas do`(_ test: Case) async throws {
        let fixture = try await JobFixture()
        let body = fixture.job([
            "properties.configuration.replicaRetryLimit": .integer(test.retries),
            "properties.configuration.scheduleTriggerConfig.parallelism": .integer(test.parallelism),
            "properties.configuration.scheduleTriggerConfig.replicaCompletionCount": .integer(test.completions),
        ])
        let containers = ScriptedContainers(test.ends)
        let run = try await self.run(body, fixture, containers, timesOut: test.timesOut)
        let ended = try #require(await run.ended())
        #expect(ended.status == test.status)
        #expect(ended.exitCodes == test.codes)
        #expect(ended.log.hasPrefix("line\n"))
        if test.timesOut { #expect(ended.log.contains("did not end within 600 seconds")) }
        let most = containers.most.withLock(\.most)
        #expect(most <= test.parallelism)
    }

    @Test func `get the command of their image, their variables, secrets and identity, and where Azure is`()
        async throws
    {
        let fixture = try await JobFixture()
        let containers = ScriptedContainers([0])
        let run = try await self.run(fixture.job(), fixture, containers)
        _ = await run.ended()
        let commands = containers.commands.withLock(\.self)
        #expect(commands == [["/bin/nightly", "run"]])
        let first = containers.environments.withLock(\.first)
        let environment = try #require(first)
        #expect(environment["A"] == "b")
        #expect(environment["T"] == "hush")
        #expect(environment["ARM_CLOUD_METADATA_URL"] == "https://metadata")
        #expect(environment["CONTAINER_APP_JOB_NAME"] == "night")
        #expect(environment["IDENTITY_ENDPOINT"] == "http://identity/msi/token")
        // The machine's own identity is not the job's.
        #expect(environment["IDENTITY_HEADER"] != "of the machine")
        #expect(environment["AZURE_TENANT_ID"] == nil)
        let machines = fixture.deployment.emulated.parts.cloud.read { state, _ in state.machines }
        let machine = try #require(machines.first { $0.identityHeader == environment["IDENTITY_HEADER"] })
        #expect(machine.resource == Scope(fixture.path()))
        #expect(machine.systemPrincipalID == run.job.identity.systemPrincipalID)
    }

    private func run(
        _ body: JSON,
        _ fixture: JobFixture,
        _ containers: ScriptedContainers,
        timesOut: Bool = false
    ) async throws -> JobExecutionRun {
        _ = try await fixture.call(.put, fixture.path(), body)
        _ = try await fixture.call(.post, fixture.path() + "/start")
        let (job, execution) = fixture.deployment.emulated.parts.cloud.read { state, _ in
            (state.resources[Scope(fixture.path())], state.executions.values.first)
        }
        let kept = try #require(job)
        return JobExecutionRun(
            execution: try #require(execution),
            job: kept,
            definition: try JobDefinition(kept.properties),
            images: [JobFixture.image: ["/bin/nightly"]],
            surroundings: ContainerSurroundings(environment: [
                "IDENTITY_ENDPOINT": "http://identity/msi/token", "IDENTITY_HEADER": "of the machine",
                "ARM_CLOUD_METADATA_URL": "https://metadata", "AZURE_TENANT_ID": "t",
            ]),
            containers: containers,
            expire: { _ in if !timesOut { await WakeSignal().wait() } }
        )
    }
}
