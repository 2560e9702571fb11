import EmulatorRuntime
import HTTPTypes

/// A provider whose resources are kept and shown, and do nothing.
struct KeptResourceProvider: ResourceProvider {
    let namespace: String
    let kinds: [ResourceKind]

    var resourceTypes: [String] { self.kinds.map(\.type) }

    func resources(in state: CloudState) -> [ListedResource] { state.listed(self.namespace) }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        for kind in self.kinds {
            let routes = KeptResourceRoutes(call: call, namespace: self.namespace, kind: kind)
            if let response = try routes.response() { return response }
        }
        throw ManagementError.unknownType(call.path.type, namespace: self.namespace, version: call.version)
    }
}

extension CloudState {
    /// The kept resources of a namespace that lists over all providers show: those that have a region.
    func listed(_ namespace: String) -> [ListedResource] {
        self.resources.values.filter { $0.location != nil && $0.type.hasPrefix(namespace + "/") }
            .map { $0.listed(in: self) }
    }
}
