import BackupDomain
import Crypto
import CryptoExtras
import FoundationEssentials

/// The statement by which an application proves that it has its certificate's key: a JWT signed PS256.
///
/// Written here, not by a JWT library: the one at hand wants to verify a chain before it sends it, which is Entra's to do.
///
/// Source: <https://learn.microsoft.com/entra/identity-platform/certificate-credentials>,
/// <https://www.rfc-editor.org/rfc/rfc7515#section-7.1>
enum ClientAssertion {
    private struct Header: Encodable {
        var alg = "PS256"
        var typ = "JWT"
        var thumbprint: String
        var x5c: [String]?

        enum CodingKeys: String, CodingKey {
            case alg, typ, x5c
            case thumbprint = "x5t#S256"
        }
    }

    private struct Claims: Encodable {
        var aud: String
        var iss: String
        var sub: String
        var jti: String
        var nbf: Int
        var exp: Int
    }

    /// Signs an assertion that is valid for ten minutes.
    ///
    /// - Parameters:
    ///   - entra: Where the token is asked for, and by which application.
    ///   - certificate: The application's certificate and key.
    ///   - sendsChain: Whether the certificates go along.
    ///   - nonce: A value used once.
    ///   - now: The present.
    /// - Returns: The JWT.
    /// - Throws: What the encoder or the key says.
    static func signed(
        _ entra: EntraToken,
        with certificate: ClientCertificate,
        sendsChain: Bool,
        nonce: String,
        now: Date
    ) throws -> String {
        let header = Header(
            thumbprint: certificate.thumbprint,
            x5c: sendsChain ? certificate.chain.map { $0.base64EncodedString() } : nil
        )
        let seconds = Int(now.timeIntervalSince1970)
        let claims = Claims(
            aud: entra.endpoint,
            iss: entra.clientID,
            sub: entra.clientID,
            jti: nonce,
            nbf: seconds,
            exp: seconds + 600
        )
        let encoder = JSONEncoder.stable()
        let input = "\(try encoder.encode(header).base64URL).\(try encoder.encode(claims).base64URL)"
        let signature = try certificate.key.signature(for: SHA256.hash(data: Data(input.utf8)), padding: .PSS)
        return "\(input).\(signature.rawRepresentation.base64URL)"
    }
}
