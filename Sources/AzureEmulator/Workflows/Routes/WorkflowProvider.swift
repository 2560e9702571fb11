import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// The provider of workflows: Logic Apps of the Consumption plan.
///
/// Source: the operations of Logic Apps, API version 2019-05-01.
struct WorkflowProvider: ResourceProvider {
    let endpoints: Endpoints
    let namespace = "Microsoft.Logic"
    let resourceTypes = ["workflows"]

    func resources(in state: CloudState) -> [ListedResource] { state.listed(self.namespace) }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        let path = call.path
        if path.part(0) == "locations", path.part(2) == "workflows", path.rest.count == 5, path.part(4) == "validate" {
            return try WorkflowRoutes(call: call, endpoints: self.endpoints).validate()
        }
        guard path.part(0) == "workflows", path.rest.count > 2 else {
            let kind = WorkflowKind.kind(endpoints: self.endpoints)
            let routes = KeptResourceRoutes(call: call, namespace: self.namespace, kind: kind)
            if let response = try routes.response() { return response }
            throw ManagementError.unknownType(path.type, namespace: self.namespace, version: call.version)
        }
        switch path.part(2) {
        case "runs"?: return try WorkflowRunRoutes(call: call, links: self.links(call)).response()
        case "triggers"?: return try WorkflowTriggerRoutes(call: call, links: self.links(call)).response()
        default: return try WorkflowRoutes(call: call, endpoints: self.endpoints).response()
        }
    }

    private func links(_ call: ManagementCall) -> SignedWorkflowLinks {
        SignedWorkflowLinks(cloud: call.cloud, endpoints: self.endpoints)
    }
}

extension ManagementCall {
    /// The workflow that the path names, once the caller is found to be allowed the action on what it names there.
    func workflow(for action: String, in state: CloudState, now: Date) throws(ManagementError) -> KeptResource {
        guard let scope = self.path.resourceScope else { throw .unknownNamespace(self.path.namespace ?? "") }
        try self.require("\(WorkflowKind.type)/\(action)", at: scope, in: state, now: now)
        if let group = self.path.scope.groupName, state.resourceGroups[self.path.scope] == nil {
            throw .groupNotFound(group)
        }
        guard let workflow = state.resources[scope] else {
            let group = scope.groupName ?? ""
            throw .resourceNotFound(WorkflowKind.type, name: self.path.rest[1], group: group)
        }
        return workflow
    }
}

extension ManagementError {
    /// Something of a workflow that is not there.
    ///
    /// Source: codes and words of public reports.
    static func workflowPartNotFound(_ code: String, _ workflow: String, _ part: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: code,
            message: "The workflow '\(workflow)' \(part) could not be found."
        )
    }
}
