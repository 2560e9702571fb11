import FoundationEssentials
import JWTKit

/// The claims by which an application proves that it has its certificate's key.
///
/// Source: <https://learn.microsoft.com/entra/identity-platform/certificate-credentials>
struct ClientAssertion: JWTPayload {
    /// The token endpoint.
    var aud: String
    /// The application's id.
    var iss: String
    /// The application's id again.
    var sub: String
    /// A value used once.
    var jti: String
    /// From when it is valid, in seconds since 1970.
    var nbf: Int
    /// Until when it is valid.
    var exp: Int

    /// Writes the claims of an application, valid for ten minutes.
    ///
    /// - Parameters:
    ///   - entra: Where the token is asked for, and by whom.
    ///   - nonce: A value used once.
    ///   - now: The present.
    init(_ entra: EntraToken, nonce: String, now: Date) {
        let seconds = Int(now.timeIntervalSince1970)
        self.aud = entra.endpoint
        self.iss = entra.clientID
        self.sub = entra.clientID
        self.jti = nonce
        self.nbf = seconds
        self.exp = seconds + 600
    }

    func verify(using algorithm: some JWTAlgorithm) async throws {
        // Entra verifies it; here it is only written.
    }
}
