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
    /// What is asked for by a signature in the address, and not by a token.
    let signed: SignedWorkflowLinks
    let throttle: Throttle
    let router: ManagementRouter

    func respond(to request: EmulatedRequest) async -> EmulatedResponse {
        if request.method == .get, let answer = self.metadata.answer(to: request) { return answer }
        if let answer = self.signed.answer(to: request) { return answer }
        let requestID = self.cloud.identifiers.nextText()
        var caller: Principal?
        var admission = Throttle.Admission()
        var response: EmulatedResponse
        do throws(ManagementError) {
            let principal = try self.authenticate(request)
            caller = principal
            admission = self.admit(request, caller: principal)
            if let refusal = admission.refusal { throw refusal }
            response = self.router.answer(request, caller: principal)
        } catch {
            response = error.response
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
