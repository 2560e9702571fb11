/// A foreign issuer whose tokens stand for an application.
struct FederatedCredential: Sendable, Equatable, Codable {
    /// The issuer, exactly as the token's `iss` must be.
    var issuer: String
    /// The subject, exactly as the token's `sub` must be.
    var subject: String
    /// The audience that the token's `aud` must have.
    var audience = "api://AzureADTokenExchange"
    /// The issuer's public key in PEM (RSA or P-256); nil for the emulator's own issuer.
    var publicKey: String?
}
