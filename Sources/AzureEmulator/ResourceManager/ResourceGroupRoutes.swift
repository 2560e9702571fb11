import EmulatorRuntime
import Foundation
import HTTPTypes

/// Subscriptions, resource groups, and lists of resources and providers.
struct ResourceGroupRoutes {
    let providers: [any ResourceProvider]

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        let segments = call.request.segments
        let folded = segments.map { $0.lowercased() }
        let isGroup = folded.count == 4 && folded[0] == "subscriptions" && folded[2] == "resourcegroups"
        if isGroup, call.request.method == .put { return try ResourceGroupCreation(call: call).response() }
        guard call.request.method == .get || call.request.method == .head else {
            throw ManagementError.methodNotAllowed(call.request.method, allowed: [.get, .head])
        }
        return try call.cloud.read { state, now in
            let view = ResourceGroupView(call: call, state: state, now: now, providers: self.providers)
            switch folded.count {
            case 1 where folded[0] == "subscriptions": return view.subscriptions()
            case 1 where folded[0] == "tenants": return view.tenants()
            case 1 where folded[0] == "providers": return view.namespaces()
            case 2 where folded[0] == "subscriptions": return try view.subscription(segments[1])
            case 3 where folded[2] == "resourcegroups": return view.groups(of: segments[1])
            case 3 where folded[2] == "resources": return try view.resources(below: .subscription(segments[1]))
            case 3 where folded[2] == "providers": return view.namespaces()
            case 3 where folded[2] == "locations": return view.locations(of: segments[1])
            case 4 where folded[2] == "providers": return try view.namespace(segments[3])
            case 4 where folded[2] == "operationresults": return try view.result(segments[3])
            case 4 where folded[2] == "resourcegroups":
                return try view.group(segments[3], of: segments[1])
            case 5 where folded[2] == "resourcegroups" && folded[4] == "resources":
                return try view.groupResources(segments[3], of: segments[1])
            default:
                throw ManagementError(
                    status: .notFound,
                    code: "NotFound",
                    message: "The path '\(call.request.rawPath)' leads nowhere."
                )
            }
        }
    }
}
