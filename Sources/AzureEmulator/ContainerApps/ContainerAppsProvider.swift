import EmulatorRuntime
import HTTPTypes

/// The provider of Container Apps, as far as jobs need it.
///
/// Source: "Jobs" and "Managed Environments", Microsoft.App, API version 2025-07-01.
struct ContainerAppsProvider: ResourceProvider {
    let namespace = "Microsoft.App"
    let resourceTypes = ["managedEnvironments", "jobs"]
    private let kept = KeptResourceProvider(namespace: "Microsoft.App", kinds: KeptResourceProvider.containerApps)

    func resources(in state: CloudState) -> [ListedResource] { state.listed(self.namespace) }

    func locations(in state: CloudState) -> [String] { state.world.rules.containerAppsRegions ?? RegionName.all }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        guard call.path.part(0) == "jobs", call.path.rest.count > 2 else {
            return try self.kept.respond(to: call)
        }
        let routes = JobRoutes(call: call)
        switch (call.path.rest.count, call.path.part(2), call.request.method) {
        case (3, "start"?, .post): return try routes.start()
        case (3, "stop"?, .post): return try routes.stop(nil)
        case (4, "stop"?, .post): return try routes.stop(call.path.rest[3])
        // As the SDK of 2026-07-01 writes it.
        case (5, "executions"?, .post) where call.path.part(4) == "stop": return try routes.stop(call.path.rest[3])
        case (3, "listsecrets"?, .post): return try routes.secrets()
        case (3, "executions"?, .get): return try routes.list()
        case (4, "executions"?, .get): return try routes.show(call.path.rest[3])
        case (3...4, "start"?, _), (3...4, "stop"?, _), (3, "listsecrets"?, _), (3...4, "executions"?, _):
            throw ManagementError.methodNotAllowed(call.request.method)
        default: throw ManagementError.unknownType(call.path.type, namespace: self.namespace, version: call.version)
        }
    }
}
