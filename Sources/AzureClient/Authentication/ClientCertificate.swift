import BackupDomain
import Crypto
import CryptoExtras
import FoundationEssentials
import NIOSSL

/// An application's certificate with its RSA key.
struct ClientCertificate: Sendable {
    /// The key.
    let key: _RSA.Signing.PrivateKey
    /// The certificates in DER, the application's own first.
    let chain: [Data]

    /// Reads a certificate file: PEM with certificate and key in any order, or PKCS#12.
    ///
    /// - Parameters:
    ///   - content: The file's content.
    ///   - path: Its path, for messages.
    ///   - password: The password, where the key has one.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, naming the file.
    init(_ content: Data, path: String, password: Secret?) throws(BackupError) {
        let bytes = [UInt8](content)
        let isText =
            content.starts(with: Data("-----BEGIN".utf8))
            || String(decoding: bytes, as: UTF8.self).contains("-----BEGIN")
        do {
            let (key, chain) = isText ? try Self.pem(bytes, password) : try Self.pkcs12(bytes, password)
            self.key = try _RSA.Signing.PrivateKey(pemRepresentation: Self.pem(key))
            self.chain = try chain.map { Data(try $0.toDERBytes()) }
        } catch {
            throw BackupError(
                .invalidInput,
                "The certificate file \(path) cannot be used: no certificate with an RSA key can be read from it.",
                remedy:
                    "Let AZURE_CLIENT_CERTIFICATE_PATH name a PEM file with certificate and private key, or a PKCS#12 file, "
                    + "and AZURE_CLIENT_CERTIFICATE_PASSWORD its password."
            )
        }
        guard !self.chain.isEmpty else {
            throw BackupError(.invalidInput, "The certificate file \(path) holds no certificate.")
        }
    }

    /// The digest by which Entra finds the certificate.
    var thumbprint: String { self.chain.first.map { Data(SHA256.hash(data: $0)).base64URL } ?? "" }

    private static func pem(
        _ bytes: [UInt8],
        _ password: Secret?
    ) throws -> (key: NIOSSLPrivateKey, chain: [NIOSSLCertificate]) {
        let chain = try NIOSSLCertificate.fromPEMBytes(bytes)
        let key =
            try password.map { password in
                try NIOSSLPrivateKey(bytes: bytes, format: .pem) { $0(Array(password.reveal().utf8)) }
            } ?? NIOSSLPrivateKey(bytes: bytes, format: .pem)
        return (key, chain)
    }

    private static func pkcs12(
        _ bytes: [UInt8],
        _ password: Secret?
    ) throws -> (key: NIOSSLPrivateKey, chain: [NIOSSLCertificate]) {
        let bundle = try NIOSSLPKCS12Bundle(buffer: bytes, passphrase: password.map { Array($0.reveal().utf8) })
        return (bundle.privateKey, bundle.certificateChain)
    }

    /// The signing library reads keys as PEM; what the TLS library gives is DER in one of two forms.
    private static func pem(_ key: NIOSSLPrivateKey) throws -> String {
        let der = Data(try key.derBytes).base64EncodedString()
        return "-----BEGIN RSA PRIVATE KEY-----\n\(der)\n-----END RSA PRIVATE KEY-----\n"
    }
}
