import EmulatorRuntime
import Foundation

/// Decides whether a bearer token is good: signature, tenant, audience, then time.
struct TokenVerifier: Sendable {
    let key: SigningKey
    let tenantID: String

    /// Clocks may differ by this much, in seconds, as with Azure's own services.
    private static let tolerance = 300.0

    func verify(
        _ text: String,
        now: Date,
        accepts audience: (String) -> Bool
    ) throws(TokenRejection) -> Principal {
        guard let token = WebToken(text) else { throw .malformed }
        guard self.key.signed(token) else { throw .foreignSignature }
        guard let tenant = token.claims["tid"]?.string, let objectID = token.claims["oid"]?.string,
            let expiry = token.instant("exp")
        else { throw .malformed }
        guard tenant.caseInsensitiveCompare(self.tenantID) == .orderedSame else {
            throw .wrongIssuer(token.claims["iss"]?.string ?? "")
        }
        guard token.audiences.contains(where: audience) else {
            throw .wrongAudience(token.audiences.joined(separator: ","))
        }
        if let start = token.instant("nbf"), start > now.addingTimeInterval(Self.tolerance) {
            throw .notYetValid(start)
        }
        guard expiry > now else { throw .expired(expiry) }
        return Principal(
            objectID: objectID,
            clientID: token.claims["appid"]?.string ?? "",
            tenantID: tenant,
            resourceID: token.claims["xms_mirid"]?.string
        )
    }
}
