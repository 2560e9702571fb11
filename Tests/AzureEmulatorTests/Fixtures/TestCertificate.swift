import Crypto
import CryptoExtras
import EmulatorRuntime
import Foundation
import SwiftASN1
import X509

@testable import AzureEmulator

/// A self-signed RSA certificate with its key.
struct TestCertificate {
    let pem: String
    private let key: _RSA.Signing.PrivateKey
    private let thumbprint: String

    init() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let signer = Certificate.PrivateKey(key)
        let name = try DistinguishedName { CommonName("test") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: signer.publicKey,
            notValidBefore: Date(timeIntervalSince1970: 1_577_836_800),
            notValidAfter: Date(timeIntervalSince1970: 2_493_072_000),
            issuer: name,
            subject: name,
            signatureAlgorithm: .sha256WithRSAEncryption,
            extensions: Certificate.Extensions(),
            issuerPrivateKey: signer
        )
        let document = try certificate.serializeAsPEM()
        self.key = key
        self.pem = document.pemString
        self.thumbprint = Base64URL.encode(Data(SHA256.hash(data: document.derBytes)))
    }

    func sign(_ claims: JSON, algorithm: String) throws -> String {
        let header: JSON = ["typ": "JWT", "alg": .string(algorithm), "x5t#S256": .string(self.thumbprint)]
        let text = "\(Base64URL.encode(header.data)).\(Base64URL.encode(claims.data))"
        let signature = try self.key.signature(
            for: SHA256.hash(data: Data(text.utf8)),
            padding: algorithm == "PS256" ? .PSS : .insecurePKCS1v1_5
        )
        return "\(text).\(Base64URL.encode(signature.rawRepresentation))"
    }
}
