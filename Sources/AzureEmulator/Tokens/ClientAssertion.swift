import Crypto
import CryptoExtras
import EmulatorRuntime
import Foundation
import SwiftASN1
import X509

/// A signed assertion with which an application signs in: by its own certificate, or by a foreign issuer's token.
///
/// Source: RFC 7523, and "Microsoft identity platform application authentication certificate credentials".
struct ClientAssertion {
    let token: WebToken
    let emulatorKey: SigningKey

    /// Whether a registered certificate signed it.
    func isSigned(byCertificate pem: String) -> Bool {
        guard let certificate = try? Certificate(pemEncoded: pem), self.names(certificate) else { return false }
        return self.isSigned(by: certificate.publicKey)
    }

    /// Whether the key of a federated issuer signed it.
    func isSigned(byIssuerOf credential: FederatedCredential) -> Bool {
        guard let pem = credential.publicKey else { return self.emulatorKey.signed(self.token) }
        guard let key = try? Certificate.PublicKey(pemEncoded: pem) else { return false }
        return self.isSigned(by: key)
    }

    /// The header's thumbprint must be this certificate's, where it has one: SHA-256 (`x5t#S256`) or SHA-1 (`x5t`).
    private func names(_ certificate: Certificate) -> Bool {
        guard let der = try? certificate.serializeAsPEM().derBytes else { return false }
        if let thumbprint = self.token.header["x5t#S256"]?.string {
            return unpadded(thumbprint) == Base64URL.encode(Data(SHA256.hash(data: der)))
        }
        guard let thumbprint = self.token.header["x5t"]?.string else { return true }
        return unpadded(thumbprint) == Base64URL.encode(Data(Insecure.SHA1.hash(data: der)))
    }

    /// Azure's own clients pad a thumbprint, which RFC 7515 does not; Entra takes both.
    private func unpadded(_ text: String) -> String { text.replacing("=", with: "") }

    /// Whether a text is a certificate in PEM whose key can be checked here.
    static func isCertificate(_ pem: String) -> Bool {
        (try? Certificate(pemEncoded: pem)).map { Self.isSupported($0.publicKey) } ?? false
    }

    /// Whether a text is a public key in PEM that can be checked here.
    static func isPublicKey(_ pem: String) -> Bool {
        (try? Certificate.PublicKey(pemEncoded: pem)).map(Self.isSupported) ?? false
    }

    private static func isSupported(_ key: Certificate.PublicKey) -> Bool {
        _RSA.Signing.PublicKey(key) != nil || P256.Signing.PublicKey(key) != nil
    }

    private func isSigned(by key: Certificate.PublicKey) -> Bool {
        let digest = SHA256.hash(data: self.token.signedText)
        switch self.token.header["alg"]?.string {
        case "RS256":
            return _RSA.Signing.PublicKey(key)?.isValidSignature(
                .init(rawRepresentation: self.token.signature),
                for: digest,
                padding: .insecurePKCS1v1_5
            ) ?? false
        case "PS256":
            return _RSA.Signing.PublicKey(key)?.isValidSignature(
                .init(rawRepresentation: self.token.signature),
                for: digest,
                padding: .PSS
            ) ?? false
        case "ES256":
            guard let key = P256.Signing.PublicKey(key),
                let signature = try? P256.Signing.ECDSASignature(rawRepresentation: self.token.signature)
            else { return false }
            return key.isValidSignature(signature, for: digest)
        default: return false
        }
    }
}
