import Foundation
import HTTPTypes

extension ManagementError {
    static func missingToken(tenantID: String, authority: String) -> ManagementError {
        ManagementError(
            status: .unauthorized,
            code: "AuthenticationFailed",
            message: "Authentication failed. The 'Authorization' header is missing.",
            challenge: challenge(
                tenantID,
                authority,
                "The authentication failed because of missing 'Authorization' header."
            )
        )
    }

    /// How the Resource Manager words the rejection of a token.
    static func rejected(
        _ rejection: TokenRejection,
        tenantID: String,
        authority: String,
        audiences: [String],
        now: Date
    ) -> ManagementError {
        let (code, message) =
            switch rejection {
            case .malformed: ("InvalidAuthenticationToken", "The access token is invalid.")
            case .foreignSignature:
                ("InvalidAuthenticationToken", "The access token validation failure: the signature is invalid.")
            case .wrongIssuer(let issuer):
                (
                    "InvalidAuthenticationTokenTenant",
                    "The access token is from the wrong issuer '\(issuer)'. It must match the tenant "
                        + "'\(TokenIssuer.issuer(tenantID))' associated with this subscription."
                )
            case .wrongAudience(let audience):
                (
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '\(audience)'. It should exactly "
                        + "match with one of the allowed audiences '\(audiences.map { $0 + "/" }.joined(separator: "','"))'."
                )
            case .notYetValid(let start):
                (
                    "InvalidAuthenticationToken",
                    "The access token is not yet valid: it starts at '\(Instant.text(start))' and it is now "
                        + "'\(Instant.text(now))'."
                )
            case .expired(let expiry):
                (
                    "ExpiredAuthenticationToken",
                    "The access token expiry UTC time '\(Instant.text(expiry))' is earlier than current UTC time "
                        + "'\(Instant.text(now))'."
                )
            }
        return ManagementError(
            status: .unauthorized,
            code: code,
            message: message,
            challenge: challenge(tenantID, authority, message)
        )
    }

    private static func challenge(_ tenantID: String, _ authority: String, _ message: String) -> String {
        let quoted = message.replacing("\"", with: "'").filter { $0.isASCII && !$0.isNewline }
        return
            "Bearer authorization_uri=\"\(authority)/\(tenantID)\", error=\"invalid_token\", "
            + "error_description=\"\(quoted)\""
    }
}
