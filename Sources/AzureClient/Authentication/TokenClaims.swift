package import BackupDomain
package import FoundationEssentials

/// Whom a token speaks for, read from it without checking its signature: good for messages, never for decisions.
///
/// Source: <https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference>
package struct TokenClaims: Sendable, Hashable {
    /// The tenant's id.
    package var tenantID: String?
    /// The object id: what role assignments name the caller by.
    package var objectID: String?
    /// The application's id.
    package var applicationID: String?
    /// Until when the token is valid.
    package var expiresAt: Date?

    /// Reads a token.
    ///
    /// - Parameter token: A JWT of at most 16 KiB; anything else gives nil.
    package init?(_ token: Secret) {
        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard token.reveal().utf8.count <= 16_384, parts.count == 3, let payload = Data(base64URL: parts[1]),
            let claims = try? JSONDecoder.stable().decode(JSONValue.self, from: payload)
        else { return nil }
        self.tenantID = claims["tid"]?.string.flatMap(Self.identifier)
        self.objectID = claims["oid"]?.string.flatMap(Self.identifier)
        self.applicationID = (claims["appid"] ?? claims["azp"])?.string.flatMap(Self.identifier)
        self.expiresAt = claims["exp"]?.double.map { Date(timeIntervalSince1970: $0) }
    }

    /// The caller in words: its object id, and its application where that is known.
    var principal: String? {
        switch (self.objectID, self.applicationID) {
        case (let object?, let application?): "\(object) (application \(application))"
        case (let object?, nil): object
        case (nil, let application?): "application \(application)"
        case (nil, nil): nil
        }
    }

    private static func identifier(_ text: String) -> String? {
        // Identifiers end up in messages and in suggested commands.
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
        }
        return isPlain && (1...64).contains(text.utf8.count) ? text : nil
    }
}
