import EmulatorRuntime
import HTTPTypes

/// The provider of Log Analytics workspaces, which have keys besides.
///
/// Source: "Workspaces" and "Shared Keys", Log Analytics, API version 2023-09-01.
struct WorkspaceProvider: ResourceProvider {
    let namespace = "Microsoft.OperationalInsights"
    let resourceTypes = ["workspaces"]
    private let kept = KeptResourceProvider(
        namespace: "Microsoft.OperationalInsights",
        kinds: KeptResourceProvider.operationalInsights
    )

    func resources(in state: CloudState) -> [ListedResource] { state.listed(self.namespace) }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        guard call.path.rest.count == 3, ["sharedkeys", "listkeys"].contains(call.path.part(2)) else {
            return try self.kept.respond(to: call)
        }
        guard call.request.method == .post else { throw ManagementError.methodNotAllowed(call.request.method) }
        return try call.cloud.read { state, now in
            let scope = call.path.resourceScope ?? call.path.scope
            let action = "Microsoft.OperationalInsights/workspaces/sharedKeys/action"
            try call.require(action, at: scope, in: state, now: now)
            guard let workspace = state.resources[scope] else {
                throw ManagementError.resourceNotFound(
                    "Microsoft.OperationalInsights/workspaces",
                    name: call.path.rest[1],
                    group: scope.groupName ?? ""
                )
            }
            return .json(workspace.secrets)
        }
    }
}
