import BackupDomain
import FoundationEssentials

extension AccessToken {
    /// Reads the answer of a token endpoint.
    ///
    /// Times come as `expires_in` (seconds) or `expires_on` (seconds since 1970), as numbers or as strings. A token that
    /// lives two hours or longer is renewed at half its life.
    ///
    /// Source: <https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token>
    ///
    /// - Parameters:
    ///   - document: The answer's body.
    ///   - now: The present.
    init?(answer document: JSONValue?, now: Date) {
        guard let token = document?["access_token"]?.string, Self.isPlausible(token) else { return nil }
        let lifetime: Double
        if let seconds = document?["expires_in"]?.lenientInteger {
            lifetime = Double(seconds)
        } else if let instant = document?["expires_on"]?.lenientInteger {
            lifetime = Double(instant) - now.timeIntervalSince1970
        } else {
            return nil
        }
        guard (-86_400...31_536_000).contains(lifetime) else { return nil }
        let refresh =
            document?["refresh_in"]?.lenientInteger.map(Double.init) ?? (lifetime >= 7200 ? lifetime / 2 : nil)
        self.init(secret: Secret(token), expiresAt: now + lifetime, refreshAt: refresh.map { now + min($0, lifetime) })
    }

    /// Whether a text can stand in an `Authorization` header.
    ///
    /// - Parameter token: The text.
    /// - Returns: Whether it is of printable ASCII without blanks and not absurdly long.
    static func isPlausible(_ token: String) -> Bool {
        (1...65_536).contains(token.utf8.count) && token.utf8.allSatisfy { (33...126).contains($0) }
    }
}
