import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// How a deployment looks from outside: `DeploymentExtended`.
///
/// Source: "Deployments - Get", Resource Manager, API version 2021-04-01.
struct DeploymentView {
    let now: Date

    func json(_ deployment: Deployment) -> JSON {
        let plan = try? deployment.plan()
        let progress = deployment.progress
        var properties: JSON = [
            "templateHash": .string(String(StableSum.of(deployment.template.text))),
            "parameters": Self.parameters(deployment.parameters, of: deployment.template), "mode": "Incremental",
            "provisioningState": .string(progress.state.rawValue),
            "timestamp": .string(Instant.text(progress.endedAt ?? self.now)),
            "duration": .string(
                ISODuration.text(seconds: (progress.endedAt ?? self.now).timeIntervalSince(deployment.acceptedAt))
            ),
            "correlationId": .string(deployment.correlationID), "providers": Self.providers(of: plan),
            "dependencies": Self.dependencies(of: plan),
        ]
        if let outputs = progress.outputs { properties["outputs"] = outputs }
        if let error = progress.error { properties["error"] = error }
        if !progress.state.isActive {
            properties["outputResources"] = .array(progress.outputResources.map { ["id": .string($0)] })
        }
        return Self.resource(deployment.id, deployment.name, deployment.location, deployment.tags, properties)
    }

    /// A deployment that was only looked at.
    func json(validated proposal: DeploymentProposal, correlationID: String) -> JSON {
        let enabled = proposal.plan.resources.filter { $0.isEnabled && !$0.isExisting }
        let properties: JSON = [
            "templateHash": .string(String(StableSum.of(proposal.template.text))),
            "parameters": Self.parameters(proposal.parameters, of: proposal.template), "mode": "Incremental",
            "provisioningState": "Succeeded", "timestamp": .string(Instant.text(self.now)), "duration": "PT0S",
            "correlationId": .string(correlationID), "providers": Self.providers(of: proposal.plan),
            "dependencies": Self.dependencies(of: proposal.plan),
            "validatedResources": .array(enabled.map { ["id": .string($0.id)] }),
        ]
        return Self.resource(proposal.id, proposal.name, proposal.location, proposal.tags, properties)
    }

    private static func resource(
        _ id: Scope,
        _ name: String,
        _ location: String?,
        _ tags: [String: String],
        _ properties: JSON
    ) -> JSON {
        var json: JSON = [
            "id": .string(id.path), "name": .string(name), "type": "Microsoft.Resources/deployments",
        ]
        if let location { json["location"] = .string(location) }
        if !tags.isEmpty { json["tags"] = .tags(tags) }
        json["properties"] = properties
        return json
    }

    /// The values with their types; of secrets the type alone.
    private static func parameters(_ values: JSON, of template: JSON) -> JSON {
        let declared = template.member("parameters") ?? [:]
        return .object(
            (values.object ?? []).map { member in
                let type = declared.member(member.name)?.member("type")?.string ?? "String"
                let kind = ParameterDeclaration.Kind.allCases.first { $0.rawValue.lowercased() == type.lowercased() }
                var shown: JSON = ["type": .string(kind?.rawValue ?? type)]
                if kind?.isSecure != true { shown["value"] = member.value }
                return JSON.Member(member.name, shown)
            }
        )
    }

    private static func providers(of plan: DeploymentPlan?) -> JSON {
        let types = (plan?.resources ?? []).filter { $0.isEnabled && !$0.isExisting }.map(\.writeType)
        let grouped = Dictionary(grouping: types) { String($0.prefix { $0 != "/" }) }
        return .array(
            grouped.sorted { $0.key < $1.key }.map { namespace, types in
                let rest = Set(types.map { String($0.dropFirst(namespace.count + 1)) }).sorted()
                return [
                    "namespace": .string(namespace),
                    "resourceTypes": .array(rest.map { ["resourceType": .string($0), "locations": [nil]] }),
                ]
            }
        )
    }

    private static func dependencies(of plan: DeploymentPlan?) -> JSON {
        let resources = plan?.resources ?? []
        let byKey = Dictionary(resources.map { ($0.key, $0) }) { first, _ in first }
        return .array(
            resources.filter { $0.isEnabled && !$0.dependencies.isEmpty }.map { resource in
                var json = Self.target(resource)
                json["dependsOn"] = .array(resource.dependencies.compactMap { byKey[$0] }.map(Self.target))
                return json
            }
        )
    }

    /// A resource as deployments name it.
    static func target(_ resource: PlannedResource) -> JSON {
        var json: JSON = [
            "id": .string(resource.id), "resourceType": .string(resource.type), "resourceName": .string(resource.name),
        ]
        if let symbol = resource.symbolicName { json["symbolicName"] = .string(symbol) }
        return json
    }
}
