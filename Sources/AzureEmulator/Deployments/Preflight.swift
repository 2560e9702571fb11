import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import HTTPTypes

/// What the Resource Manager checks before it accepts a deployment: types, groups, and the rights of the deployer.
///
/// Nested deployments are looked into as far as their parameters are known before the deployment runs.
///
/// Source: "ARM template deployment preflight validation"; code and words of a missing right by public reports.
struct Preflight {
    let intake: DeploymentIntake
    let caller: Principal
    let state: CloudState
    let now: Date

    /// Throws where the deployment would be refused.
    func check(_ proposal: DeploymentProposal) throws(ManagementError) {
        var denials: [String] = []
        try self.gather(proposal.plan, into: &denials, depth: 0)
        guard let first = denials.first else { return }
        throw ManagementError(
            status: .forbidden,
            code: "InvalidTemplateDeployment",
            message: denials.count == 1
                ? "The template deployment failed with error: '\(first)'."
                : "Deployment failed with multiple errors: '\(denials.joined(separator: ":"))'"
        )
    }

    private func gather(_ plan: DeploymentPlan, into denials: inout [String], depth: Int) throws(ManagementError) {
        // Source: "Using linked and nested templates": at most five levels.
        guard depth < 5 else { throw .nestedTooDeeply() }
        for resource in plan.resources where resource.isEnabled {
            try self.checkType(of: resource)
            if resource.isExisting { continue }
            let scope = Scope(resource.id)
            let action = "\(resource.writeType)/write"
            if !self.state.access.permits(self.caller.objectID, action: action, at: scope, now: self.now) {
                denials.append(
                    "Authorization failed for template resource '\(resource.name)' of type '\(resource.type)'. The client "
                        + "'\(self.caller.clientID)' with object id '\(self.caller.objectID)' does not have permission to "
                        + "perform action '\(action)' at scope '\(scope)'.'."
                )
            }
            if let place = resource.nestedPlace { try self.look(into: resource, of: plan, place, &denials, depth) }
        }
    }

    private func look(
        into resource: PlannedResource,
        of plan: DeploymentPlan,
        _ place: DeploymentPlace,
        _ denials: inout [String],
        _ depth: Int
    ) throws(ManagementError) {
        let nested: NestedDeployment
        do throws(ExpressionFailure) {
            nested = try plan.nested(resource, reader: nil)
        } catch {
            if error.isDeferred { return }
            throw ManagementError(
                status: .badRequest,
                code: "InvalidTemplate",
                message: "Deployment template validation failed: '\(error.message)'."
            )
        }
        let inner = try self.intake.proposal(
            nested,
            name: resource.name,
            place: place,
            caller: self.caller,
            in: self.state,
            now: self.now
        )
        try self.gather(inner.plan, into: &denials, depth: depth + 1)
    }

    private func checkType(of resource: PlannedResource) throws(ManagementError) {
        let type = resource.writeType
        let namespace = type.prefix { $0 != "/" }
        if type.lowercased() == "microsoft.resources/subscriptions/resourcegroups" { return }
        let provider = self.intake.providers.first { $0.namespace.lowercased() == namespace.lowercased() }
        if namespace.lowercased() == "microsoft.resources", resource.isDeployment { return }
        guard let provider else { throw .unknownNamespace(String(namespace)) }
        let rest = type.dropFirst(namespace.count + 1)
        guard provider.resourceTypes.contains(where: { $0.lowercased() == rest.lowercased() }) else {
            throw .unknownType(String(rest), namespace: provider.namespace, version: resource.apiVersion)
        }
    }
}

extension PlannedResource {
    /// The type that rights are named after: that of an extension without what it extends.
    var writeType: String {
        if self.type.lowercased() == "microsoft.resources/resourcegroups" {
            return "Microsoft.Resources/subscriptions/resourceGroups"
        }
        let path = ManagementPath(segments: self.id.split(separator: "/").map(String.init))
        return path.namespace.map { "\($0)/\(path.type)" } ?? self.type
    }
}

extension ManagementError {
    static func nestedTooDeeply() -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidTemplate",
            message:
                "Deployment template validation failed: 'The template has nested deployments of more than five levels.'."
        )
    }
}
