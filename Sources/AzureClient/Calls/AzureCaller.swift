import BackupDomain
import FoundationEssentials
import HTTPTypes

/// Makes calls to one origin of Azure with tokens of one audience, and to no other origin.
///
/// The token is attached after the origin has been compared, is replaced once when Azure answers 401, and is never sent
/// in the clear over a network.
struct AzureCaller: Sendable {
    /// Repeats calls and carries them.
    var repeating: RepeatingTransport
    /// Where tokens come from.
    var tokens: TokenCache
    /// What the tokens are for.
    var audience: String
    /// The only origin that they go to.
    var origin: Origin

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - request: The call, without its token.
    ///   - repeatability: Whether it may be made twice.
    /// - Returns: Azure's last answer, whatever its status.
    /// - Throws: ``BackupDomain/BackupError`` with code `foreignLocation` where the URL leads elsewhere, and where no
    ///   token can be had; ``TransportFailure`` where no answer came.
    func call(_ request: HTTPExchangeRequest, _ repeatability: Repeatability = .idempotent) async throws -> AzureAnswer
    {
        try self.requireOwnOrigin(request.url)
        var token = try await self.tokens.token(for: self.audience)
        var isRenewed = false
        let outcome = try await self.repeating.call(repeatability) { transport in
            let response = try await transport.send(Self.authorized(request, token))
            guard response.status == 401, !isRenewed else { return response }
            // 401 says that nothing was done, so that even a POST may follow; once, or a token that Azure does not like
            // would be fetched for ever.
            isRenewed = true
            self.tokens.invalidate(token, for: self.audience)
            token = try await self.tokens.token(for: self.audience)
            return try await transport.send(Self.authorized(request, token))
        }
        return AzureAnswer(
            response: outcome.response,
            url: request.url,
            token: token.secret,
            isRepeated: outcome.isRepeated
        )
    }

    /// Refuses a URL to which the token must not go.
    ///
    /// - Parameter url: The URL.
    /// - Throws: ``BackupDomain/BackupError`` with code `foreignLocation`, or `invalidInput` where the origin is not https.
    func requireOwnOrigin(_ url: URL) throws(BackupError) {
        guard Origin(url) == self.origin else { throw BackupError.foreign(Origin(url), own: self.origin) }
        try self.origin.requireConfidential("Azure's endpoint")
    }

    private static func authorized(_ request: HTTPExchangeRequest, _ token: AccessToken) -> HTTPExchangeRequest {
        var request = request
        request.fields[.authorization] = "Bearer \(token.secret.reveal())"
        return request
    }
}

extension BackupError {
    /// Says that a URL leads to another origin than the one that our token is for.
    ///
    /// - Parameters:
    ///   - origin: Where it leads; nil where it is no URL that could be called.
    ///   - own: Where it should lead.
    /// - Returns: The error.
    static func foreign(_ origin: Origin?, own: Origin) -> BackupError {
        BackupError(
            .foreignLocation,
            "Azure's answer points to \(origin?.description ?? "something that is no URL"), which is not \(own); "
                + "nothing was sent there.",
            remedy: "Check the cloud's endpoints (--cloud, ARM_CLOUD_METADATA_URL) and any proxy in between."
        )
    }
}
