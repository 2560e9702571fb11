import BackupDomain
import FoundationEssentials
import HTTPTypes

/// Asks Microsoft Entra ID for tokens of an application.
///
/// Source: <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow>
struct EntraToken: Sendable {
    /// Repeats and carries the calls.
    var repeating: RepeatingTransport
    /// The origin that gives out tokens.
    var authority: Origin
    /// The tenant's id or domain.
    var tenant: String
    /// The application's id.
    var clientID: String

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - repeating: Repeats and carries the calls.
    ///   - authority: The origin that gives out tokens.
    ///   - tenant: The tenant's id or domain.
    ///   - clientID: The application's id.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the tenant cannot be one, or the authority is
    ///   not https.
    init(
        repeating: RepeatingTransport,
        authority: Origin,
        tenant: String,
        clientID: String
    ) throws(BackupError) {
        let isTenant = tenant.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                || byte == 46
        }
        guard isTenant, (1...253).contains(tenant.utf8.count) else {
            throw BackupError(.invalidInput, "AZURE_TENANT_ID '\(tenant)' is neither a tenant's id nor its domain.")
        }
        try authority.requireConfidential("The authority")
        self.repeating = repeating
        self.authority = authority
        self.tenant = tenant
        self.clientID = clientID
    }

    /// The URL that tokens are asked for at; also the audience of assertions.
    var endpoint: String { "\(self.authority)/\(self.tenant)/oauth2/v2.0/token" }

    /// Asks for a token.
    ///
    /// - Parameters:
    ///   - audience: What the token is for.
    ///   - proof: The form's fields that prove who asks.
    ///   - credential: The credential's name, for messages.
    /// - Returns: The token.
    /// - Throws: ``BackupDomain/BackupError`` with code `credentialRejected` where Entra refuses, and others.
    func token(
        for audience: String,
        proof: [(name: String, value: String)],
        credential: String
    ) async throws -> AccessToken {
        let form = [
            ("grant_type", "client_credentials"), ("client_id", self.clientID), ("scope", "\(audience)/.default"),
        ]
        var request = HTTPExchangeRequest(
            method: .post,
            url: try self.authority.url("/\(self.tenant)/oauth2/v2.0/token"),
            body: Data(formEncoded(form.map { (name: $0.0, value: $0.1) } + proof).utf8),
            capInBytes: 1 << 20,
            deadline: .seconds(30)
        )
        request.fields[.contentType] = "application/x-www-form-urlencoded"
        request.fields[.accept] = "application/json"
        let response: HTTPExchangeResponse
        do {
            // Asking twice does no harm: each answer is a token.
            let call = request
            response = try await self.repeating.call(.idempotent) { try await $0.send(call) }.response
        } catch let failure as TransportFailure {
            throw failure.error
        }
        let now = self.repeating.clock.now
        guard response.isSuccess else {
            let fault = EntraFault(response, hiding: proof.map(\.value))
            throw fault.error(credential: credential, tenant: self.tenant, clientID: self.clientID, now: now)
        }
        guard let token = AccessToken(answer: response.document, now: now) else {
            throw BackupError(
                .malformedAnswer,
                "The answer of \(self.authority) to the request for a token holds none."
            )
        }
        return token
    }
}
