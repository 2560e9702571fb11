import EmulatorRuntime
import Foundation
import HTTPTypes

/// The Resource Manager: knows the caller, checks the call's form, and hands it to the provider.
///
/// Source: "Azure Resource Manager overview". The order of the checks is ours: token, limits, method, version,
/// subscription, then the provider's.
struct ManagementService: EmulatedService {
    let cloud: Cloud
    let verifier: TokenVerifier
    let audiences: ResourceAudiences
    let endpoints: Endpoints
    let metadata: CloudMetadata
    let throttle: Throttle
    let providers: [any ResourceProvider]

    /// Source: "Azure Resource Manager RPC": the methods of calls on resources.
    private static let methods: [HTTPRequest.Method] = [.get, .head, .put, .patch, .post, .delete]

    func respond(to request: EmulatedRequest) async -> EmulatedResponse {
        if request.method == .get, let answer = self.metadata.answer(to: request) { return answer }
        let requestID = self.cloud.identifiers.nextText()
        var caller: Principal?
        var admission = Throttle.Admission()
        var response: EmulatedResponse
        do {
            let principal = try self.authenticate(request)
            caller = principal
            admission = self.admit(request, caller: principal)
            if let refusal = admission.refusal { throw refusal }
            response = try self.route(request, caller: principal)
        } catch let error as ManagementError {
            response = error.response
        } catch {
            // Only the journal's disk can get here; Azure would call it a conflict with its own storage.
            response =
                ManagementError(
                    status: .conflict,
                    code: "StateNotKept",
                    message: "The emulator could not write its state: \(error)"
                ).response
        }
        self.decorate(&response, request: request, id: requestID)
        for field in admission.headers { response.headers[field.name] = field.value }
        if let caller { response.headers[.emulatedCaller] = caller.objectID }
        return response
    }

    private func authenticate(_ request: EmulatedRequest) throws(ManagementError) -> Principal {
        let tenantID = self.verifier.tenantID
        let words = request.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw .missingToken(tenantID: tenantID, authority: self.endpoints.authority)
        }
        let now = self.cloud.clock.now
        do {
            return try self.verifier.verify(String(words[1]), now: now, accepts: self.audiences.isManagement)
        } catch {
            throw .rejected(
                error,
                tenantID: tenantID,
                authority: self.endpoints.authority,
                audiences: self.audiences.managementAudiences,
                now: now
            )
        }
    }

    private func admit(_ request: EmulatedRequest, caller: Principal) -> Throttle.Admission {
        let path = ManagementPath(segments: request.segments)
        return self.throttle.admit(request.method, path, caller: caller, now: self.cloud.clock.now)
    }

    private func route(_ request: EmulatedRequest, caller: Principal) throws -> EmulatedResponse {
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

    /// Adds what every answer of the Resource Manager carries.
    ///
    /// Source: the recorded session of 2023.
    private func decorate(_ response: inout EmulatedResponse, request: EmulatedRequest, id: String) {
        let now = self.cloud.clock.now
        response.headers[.cacheControl] = "no-cache"
        response.headers[.pragma] = "no-cache"
        response.headers[.expires] = "-1"
        response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.requestID] = id
        response.headers[.correlationRequestID] =
            request.headers[.correlationRequestID].flatMap { UUID(uuidString: $0) != nil ? $0 : nil } ?? id
        response.headers[.routingRequestID] = "WESTEUROPE:\(Instant.compact(now)):\(id)"
    }
}
