extension TokenCache {
    /// Gets a token and tells what it is, without showing it.
    ///
    /// - Parameter audience: What the token is for.
    /// - Returns: The report.
    /// - Throws: What ``token(for:)`` throws.
    package func report(for audience: String) async throws -> CredentialReport {
        let token = try await self.token(for: audience)
        let claims = TokenClaims(token.secret)
        return CredentialReport(
            credential: self.credentialName,
            audience: audience,
            tenantID: claims?.tenantID,
            objectID: claims?.objectID,
            applicationID: claims?.applicationID,
            expiresAt: token.expiresAt
        )
    }
}
