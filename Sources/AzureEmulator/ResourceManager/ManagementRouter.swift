import EmulatorRuntime
import Foundation
import HTTPTypes

/// Hands calls to the providers, once the caller is known.
///
/// Azure's own services go through it too, in the name of whoever asked them: a deployment in that of its deployer.
struct ManagementRouter: Sendable {
    let cloud: Cloud
    let providers: [any ResourceProvider]

    /// Source: "Azure Resource Manager RPC": the methods of calls on resources.
    private static let methods: [HTTPRequest.Method] = [.get, .head, .put, .patch, .post, .delete]

    /// Answers a call.
    func route(_ request: EmulatedRequest, caller: Principal) throws -> EmulatedResponse {
        let path = ManagementPath(segments: request.segments)
        let provider = path.rest.isEmpty ? nil : self.provider(of: path)
        let allowed = provider?.methods(for: path) ?? Self.methods
        guard allowed.contains(request.method) else {
            throw ManagementError.methodNotAllowed(request.method, allowed: allowed)
        }
        guard let version = request.query("api-version"), !version.isEmpty else {
            throw ManagementError.missingVersion()
        }
        guard APIVersion(version) != nil else { throw ManagementError.invalidVersion(version) }
        let call = ManagementCall(
            request: request,
            path: path,
            caller: caller,
            version: version,
            cloud: self.cloud
        )
        if let id = path.scope.subscriptionID {
            let isKnown = self.cloud.read { state, _ in
                state.world.subscriptions.contains { $0.id.caseInsensitiveCompare(id) == .orderedSame }
            }
            guard UUID(uuidString: id) != nil else { throw ManagementError.invalidSubscription(id) }
            guard isKnown else { throw ManagementError.subscriptionNotFound(id) }
        }
        guard let namespace = path.namespace, let type = path.rest.first else {
            return try ResourceGroupRoutes(providers: self.providers).respond(to: call)
        }
        guard let provider else { throw ManagementError.unknownNamespace(namespace) }
        guard ProviderVersions.isSupported(version, by: namespace) else {
            let region = self.cloud.read { state, _ in state.world.resourceGroups.first?.location }
            throw ManagementError.noRegisteredProvider(
                type: type,
                version: version,
                namespace: provider.namespace,
                region: region ?? "westeurope"
            )
        }
        return try provider.respond(to: call)
    }

    private func provider(of path: ManagementPath) -> (any ResourceProvider)? {
        self.providers.first { $0.namespace.caseInsensitiveCompare(path.namespace ?? "") == .orderedSame }
    }

    /// Answers a call; what goes wrong is an answer too.
    func answer(_ request: EmulatedRequest, caller: Principal) -> EmulatedResponse {
        ManagementError.answer { try self.route(request, caller: caller) }
    }
}
