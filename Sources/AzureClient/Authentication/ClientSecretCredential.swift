import BackupDomain

/// An application with a secret.
struct ClientSecretCredential: TokenCredential {
    /// Where tokens are asked for.
    var entra: EntraToken
    /// The secret.
    var secret: Secret

    var name: String { "environment (client secret)" }

    func token(for audience: String) async throws -> AccessToken {
        let proof = [(name: "client_secret", value: self.secret.reveal())]
        return try await self.entra.token(for: audience, proof: proof, credential: self.name)
    }
}
