import EmulatorDeployments
import EmulatorRuntime
import Foundation
import HTTPTypes

/// The provider of deployments, to resource groups and to subscriptions.
///
/// Source: "Deployments", Resource Manager, API version 2021-04-01.
struct DeploymentsProvider: ResourceProvider {
    let namespace = "Microsoft.Resources"
    let resourceTypes = ["deployments", "resourceGroups"]
    /// The other providers, for what a deployment would find there.
    let router: ManagementRouter
    let environment: JSON

    func resources(in state: CloudState) -> [ListedResource] { [] }

    /// What reads deployments.
    var intake: DeploymentIntake {
        DeploymentIntake(
            providers: self.router.providers,
            environment: self.environment,
            identifiers: self.router.cloud.identifiers
        )
    }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        let segments = call.path.scope.segments
        guard call.path.part(0) == "deployments", call.path.scope.subscriptionID != nil,
            segments.count == 2 || (segments.count == 4 && call.path.scope.groupName != nil)
        else { throw ManagementError.unknownType(call.path.type, namespace: self.namespace, version: call.version) }
        let routes = DeploymentRoutes(call: call, provider: self)
        switch (call.path.rest.count, call.path.part(2), call.request.method) {
        case (1, _, .get): return try routes.list()
        case (2, _, .get): return try routes.show()
        case (2, _, .head): return try routes.exists()
        case (2, _, .put): return try routes.create()
        case (2, _, .delete): return try routes.remove()
        case (3, "validate"?, .post): return try routes.validate()
        case (3, "whatif"?, .post): return try routes.whatIf()
        case (3, "cancel"?, .post): return try routes.cancel()
        case (3, "exporttemplate"?, .post): return try routes.exportTemplate()
        case (3...4, "operations"?, .get): return try DeploymentOperationRoutes(call: call).response()
        case (4, "operationstatuses"?, .get): return try routes.status()
        case (1...2, _, _), (3...4, "validate"?, _), (3...4, "whatif"?, _), (3...4, "cancel"?, _),
            (3...4, "operations"?, _), (3...4, "exporttemplate"?, _):
            throw ManagementError.methodNotAllowed(call.request.method)
        default: throw ManagementError.unknownType(call.path.type, namespace: self.namespace, version: call.version)
        }
    }
}

extension ManagementCall {
    /// Where a deployment of the path puts its resources.
    var deploymentPlace: DeploymentPlace {
        DeploymentPlace(subscriptionID: self.path.scope.subscriptionID ?? "", groupName: self.path.scope.groupName)
    }

    /// The deployment that the path names, once the caller is found to be allowed the action on it.
    func deployment(for action: String, in state: CloudState, now: Date) throws(ManagementError) -> Deployment {
        guard let scope = self.path.resourceScope else { throw .unknownNamespace(self.path.namespace ?? "") }
        try self.require("Microsoft.Resources/deployments/\(action)", at: scope, in: state, now: now)
        if let group = self.path.scope.groupName, state.resourceGroups[self.path.scope] == nil {
            throw .groupNotFound(group)
        }
        guard let deployment = state.deployments[scope] else { throw .deploymentNotFound(self.path.rest[1]) }
        return deployment
    }
}

extension ManagementError {
    static func deploymentNotFound(_ name: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "DeploymentNotFound",
            message: "Deployment '\(name)' could not be found."
        )
    }
}
