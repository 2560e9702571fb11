import EmulatorRuntime
import Foundation

/// Makes access tokens as Microsoft Entra ID does for applications and managed identities.
///
/// Source: "Access token claims reference", tokens of version 1.0, which the Resource Manager and the storage
/// services use.
struct TokenIssuer: Sendable {
    let key: SigningKey
    let identifiers: any IdentifierSource

    /// A token for a principal.
    func token(for principal: Principal, audience: String, now: Date, lifetime: Int) throws -> IssuedToken {
        // Whole seconds, as the claims are; the start a little earlier, as Entra's is, for clocks that are behind.
        let issuedAt = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let expiresAt = issuedAt.addingTimeInterval(Double(lifetime))
        var claims: JSON = [
            "aud": .string(audience), "iss": .string(Self.issuer(principal.tenantID)),
            "iat": .integer(issuedAt.addingTimeInterval(-300)), "nbf": .integer(issuedAt.addingTimeInterval(-300)),
            "exp": .integer(expiresAt), "aio": .string(Base64URL.encode(Data(self.identifiers.nextText().utf8))),
            "appid": .string(principal.clientID), "appidacr": principal.resourceID == nil ? "1" : "2",
            "idp": .string(Self.issuer(principal.tenantID)), "idtyp": "app", "oid": .string(principal.objectID),
            "sub": .string(principal.objectID), "tid": .string(principal.tenantID),
            "uti": .string(self.identifiers.nextText()), "ver": "1.0",
        ]
        if let resource = principal.resourceID { claims["xms_mirid"] = .string(resource) }
        return IssuedToken(text: try self.key.sign(claims), issuedAt: issuedAt, expiresAt: expiresAt)
    }

    /// The issuer of a tenant's tokens.
    static func issuer(_ tenantID: String) -> String { "https://sts.windows.net/\(tenantID)/" }
}

extension JSON {
    fileprivate static func integer(_ instant: Date) -> JSON { .number(String(Int(instant.timeIntervalSince1970))) }
}
