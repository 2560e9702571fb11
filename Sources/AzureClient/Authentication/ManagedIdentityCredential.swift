import BackupDomain
import FoundationEssentials

/// The identity that Azure gives to the machine, app or container.
struct ManagedIdentityCredential: TokenCredential {
    /// The variables by which the platform tells where its endpoint is.
    var environment: AzureEnvironment
    /// The user-assigned identity's client id; nil for the system-assigned one.
    var clientID: String?
    /// Whether the metadata service is first asked whether it is there: in a chain, where its absence is common.
    var probes: Bool
    /// Repeats and carries calls.
    var repeating: RepeatingTransport

    var name: String { "managed-identity" }

    func token(for audience: String) async throws -> AccessToken {
        let endpoint = try ManagedIdentityEndpoint.detect(self.environment)
        let request = try endpoint.request(for: audience, clientID: self.clientID)
        let response: HTTPExchangeResponse
        switch endpoint {
        case .instanceMetadata:
            if self.probes { try await self.probe(request, at: endpoint.origin) }
            response = try await self.metadataAnswer(request, at: endpoint.origin)
        case .appService, .machineLearning:
            response = try await self.answer(request, at: endpoint.origin)
        }
        return try self.token(response, endpoint)
    }

    /// Sees whether the metadata service is there.
    ///
    /// Sent without its `Metadata` header, so that it refuses at once.
    private func probe(_ request: HTTPExchangeRequest, at origin: String) async throws {
        var request = request
        request.fields[text: "Metadata"] = nil
        request.deadline = .seconds(1)
        do {
            _ = try await self.repeating.base.send(request)
        } catch is TransportFailure {
            throw CredentialUnavailable("no managed-identity endpoint answers at \(origin)")
        }
    }

    private func metadataAnswer(_ request: HTTPExchangeRequest, at origin: String) async throws -> HTTPExchangeResponse
    {
        var attempt = 1
        while true {
            let response: HTTPExchangeResponse
            do {
                response = try await self.repeating.base.send(request)
            } catch let failure as TransportFailure {
                throw CredentialUnavailable("the managed-identity endpoint cannot be used: \(failure.error.message)")
            }
            guard let delay = InstanceMetadataRetry.delay(after: response.status, attempt: attempt) else {
                return response
            }
            attempt += 1
            try await self.repeating.clock.sleep(
                for: max(delay, response.retryAfter.map { min($0, .seconds(60)) } ?? .zero)
            )
        }
    }

    private func answer(_ request: HTTPExchangeRequest, at origin: String) async throws -> HTTPExchangeResponse {
        do {
            return try await self.repeating.call(.idempotent) { try await $0.send(request) }.response
        } catch let failure as TransportFailure {
            throw CredentialUnavailable("the managed-identity endpoint cannot be used: \(failure.error.message)")
        }
    }

    private func token(_ response: HTTPExchangeResponse, _ endpoint: ManagedIdentityEndpoint) throws -> AccessToken {
        let document = response.document
        if response.isSuccess {
            guard let token = AccessToken(answer: document, now: self.repeating.clock.now) else {
                throw CredentialUnavailable("the answer at \(endpoint.origin) holds no token")
            }
            return token
        }
        let said =
            document?["error_description"]?.string ?? document?["message"]?.string ?? AzureErrorBody(document).message
        let words = said.flatMap(AzureErrorBody.folded)
        if case .instanceMetadata = endpoint {
            if document == nil {
                throw CredentialUnavailable(
                    "what answers at \(endpoint.origin) is no identity endpoint (\(response.status))"
                )
            }
            if response.status == 400 {
                throw CredentialUnavailable(
                    "\(self.identity) is not assigned to this machine\(words.map { ": \($0)" } ?? "")"
                )
            }
            if response.status == 403, words?.contains("unreachable") == true {
                throw CredentialUnavailable("no managed-identity endpoint can be reached at \(endpoint.origin)")
            }
        }
        throw BackupError(
            .credentialRejected,
            "The managed-identity endpoint at \(endpoint.origin) gave no token for \(self.identity).",
            remedy:
                "Assign an identity to this machine or app; for a user-assigned one set AZURE_CLIENT_ID to its client id.",
            azure: AzureFault(status: response.status, code: document?["error"]?.string, message: words)
        )
    }

    private var identity: String {
        self.clientID.map { "the user-assigned identity \($0)" } ?? "a system-assigned identity"
    }
}
