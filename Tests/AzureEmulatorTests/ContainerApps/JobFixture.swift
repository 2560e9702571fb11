import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// A world with an image, an environment and the identity of a job, for jobs that are put by calls.
struct JobFixture {
    static let image = "registry.example.com/nightly:1"
    let deployment: DeploymentFixture
    let environment: String

    init(_ change: (inout World) -> Void = { _ in }, state: String? = nil) async throws {
        self.deployment = try DeploymentFixture(
            { world in
                world.images[Self.image] = ["/bin/nightly"]
                change(&world)
            },
            state: state
        )
        self.environment = "\(self.deployment.group)/providers/Microsoft.App/managedEnvironments/cae-1"
        _ = try await self.call(.put, self.environment, ["location": "westeurope", "properties": [:]])
    }

    func path(_ name: String = "night") -> String { "\(self.deployment.group)/providers/Microsoft.App/jobs/\(name)" }

    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSON? = nil,
        as caller: Principal = DeploymentFixture.owner
    ) async throws -> Answer {
        try await self.deployment.emulated.manage(method, path, query: "api-version=2026-01-01", body: body, as: caller)
    }

    /// A job's body, changed at paths with dots.
    func job(_ changes: [String: JSON] = [:]) -> JSON {
        var body: JSON = [
            "location": "westeurope", "identity": ["type": "SystemAssigned"],
            "properties": [
                "environmentId": .string(self.environment),
                "configuration": [
                    "triggerType": "Schedule", "replicaTimeout": 600, "replicaRetryLimit": 0,
                    "scheduleTriggerConfig": [
                        "cronExpression": "0 * * * *", "parallelism": 1, "replicaCompletionCount": 1,
                    ], "secrets": [["name": "token", "value": "hush"]],
                ],
                "template": [
                    "containers": [
                        [
                            "name": "main", "image": .string(Self.image), "args": ["run"],
                            "env": [["name": "A", "value": "b"], ["name": "T", "secretRef": "token"]],
                        ]
                    ]
                ],
            ],
        ]
        for (path, value) in changes {
            Self.set(value, at: path.split(separator: ".").map(String.init)[...], in: &body)
        }
        return body
    }

    private static func set(_ value: JSON, at path: ArraySlice<String>, in json: inout JSON) {
        guard let first = path.first else { return json = value }
        var inner = json[first] ?? [:]
        self.set(value, at: path.dropFirst(), in: &inner)
        json[first] = inner
    }

    func executions() async throws -> [JSON] {
        try await self.call(.get, self.path() + "/executions").body["value"]?.array ?? []
    }
}
