import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// Templates in the smallest surroundings, and resources that a test says are there.
struct TemplateFixture: ResourceReader {
    static let subscription = "11111111-1111-4111-8111-111111111111"
    var resources: [String: JSON] = [:]

    static let surroundings = DeploymentSurroundings(
        place: DeploymentPlace(subscriptionID: subscription, groupName: "rg"),
        subscription: [
            "id": "/subscriptions/\(subscription)", "subscriptionId": .string(subscription), "displayName": "Lab",
            "tenantId": "t",
        ],
        group: [
            "id": "/subscriptions/\(subscription)/resourceGroups/rg", "name": "rg", "location": "westeurope",
        ],
        tenant: ["tenantId": "t"],
        environment: ["name": "Local", "resourceManager": "https://127.0.0.1:1/"],
        deployment: ["name": "d"],
        deployer: ["objectId": "o", "tenantId": "t"]
    )

    static let defaults = ParameterDefaults(now: Date(timeIntervalSince1970: 1_795_396_205)) { "a-guid" }

    func resource(_ id: String, apiVersion: String) throws(ExpressionFailure) -> JSON {
        guard let found = self.resources[id] else { throw ExpressionFailure("The resource '\(id)' was not found.") }
        return found
    }

    func list(_ action: String, of id: String, apiVersion: String, body: JSON?) throws(ExpressionFailure) -> JSON {
        ["action": .string(action), "id": .string(id)]
    }

    /// A template of these parts.
    static func template(
        parameters: JSON = [:],
        variables: JSON = [:],
        functions: JSON = [],
        resources: JSON = [],
        outputs: JSON = [:]
    ) -> JSON {
        [
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0", "parameters": parameters, "variables": variables, "functions": functions,
            "resources": resources, "outputs": outputs,
        ]
    }

    static func plan(_ json: JSON, _ sent: JSON = [:]) throws -> DeploymentPlan {
        let template = try Template(json, isOfGroup: true)
        let parameters = try ParameterBinding(template: template, surroundings: surroundings, source: defaults).values(
            sent
        )
        return try DeploymentPlan(template: template, surroundings: surroundings, parameters: parameters)
    }

    /// The value of one expression, as an output.
    func value(_ text: String, parameters: JSON = [:], variables: JSON = [:], functions: JSON = []) throws -> JSON {
        let outputs: JSON = ["o": ["type": "object", "value": .string(text)]]
        let json = Self.template(parameters: parameters, variables: variables, functions: functions, outputs: outputs)
        return try Self.plan(json).outputs(reader: self).member(at: "o", "value") ?? .null
    }
}
