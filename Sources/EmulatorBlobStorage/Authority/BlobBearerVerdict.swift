/// What came of checking a bearer token.
package enum BlobBearerVerdict: Sendable {
    /// The token is good and speaks for this principal.
    case principal(BlobPrincipal)
    /// The token is refused: Azure's error code (`InvalidAuthenticationInfo`), and what is wrong with it. The message
    /// goes into the answer's `AuthenticationErrorDetail`.
    case rejected(code: String, message: String)
}
