/// A credential that lacks what it needs: says so, and lets the next one try.
struct UnavailableCredential: TokenCredential {
    /// The credential's name.
    var name: String
    /// What it lacks.
    var reason: String

    func token(for audience: String) async throws -> AccessToken { throw CredentialUnavailable(self.reason) }
}
