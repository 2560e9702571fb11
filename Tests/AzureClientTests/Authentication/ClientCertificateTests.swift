import BackupDomain
import Crypto
import CryptoExtras
import FoundationEssentials
import NIOSSL
import SwiftASN1
import TestSupport
import Testing
import X509

@testable import AzureClient

struct ClientCertificateTests {
    /// A self-signed certificate with its key, made once.
    static let made: (certificate: String, key: String, der: Data)? = try? make()

    static func make() throws -> (certificate: String, key: String, der: Data) {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let name = try DistinguishedName { CommonName("backup caller") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(7),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: Fixture.now,
            notValidAfter: Fixture.now + 86_400,
            issuer: name,
            subject: name,
            signatureAlgorithm: .sha256WithRSAEncryption,
            extensions: Certificate.Extensions(),
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
        let pem = try certificate.serializeAsPEM()
        return (pem.pemString, key.pemRepresentation, Data(pem.derBytes))
    }

    @Test func `certificate and key are read from PEM in any order`() throws {
        let made = try #require(Self.made)
        for text in ["\(made.certificate)\n\(made.key)\n", "\(made.key)\n\(made.certificate)\n"] {
            let certificate = try ClientCertificate(Data(text.utf8), path: "/c", password: nil)
            #expect(certificate.chain == [made.der])
            #expect(certificate.thumbprint == Data(SHA256.hash(data: made.der)).base64URL)
        }
    }

    @Test func `certificate and key are read from PKCS 12 with its password`() throws {
        let made = try #require(Self.made)
        let bundle = NIOSSLPKCS12Bundle(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(made.certificate.utf8)),
            privateKey: try NIOSSLPrivateKey(bytes: Array(made.key.utf8), format: .pem)
        )
        let content = Data(try bundle.serialize(passphrase: Array("pass".utf8)))
        #expect(try ClientCertificate(content, path: "/c", password: Secret("pass")).chain == [made.der])
        let error = #expect(throws: BackupError.self) {
            try ClientCertificate(content, path: "/c", password: Secret("no"))
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.message.contains("/c") == true)
    }

    @Test(arguments: ["", "nonsense", "-----BEGIN CERTIFICATE-----\n"])
    func refuses(_ text: String) {
        #expect(throws: BackupError(.invalidInput, "")) {
            try ClientCertificate(Data(text.utf8), path: "/c", password: nil)
        }
    }

    @Test func `the assertion is signed so that the certificate verifies it`() async throws {
        let made = try #require(Self.made)
        let clock = ManualClock(now: Fixture.now, sleeping: .advances)
        let transport = ScriptedTransport([.success(.text(200, #"{"access_token":"granted","expires_in":60}"#))])
        let credential = try CredentialSource(
            environment: AzureEnvironment([
                "AZURE_TENANT_ID": Fixture.tenant, "AZURE_CLIENT_ID": "the-app", "AZURE_CLIENT_CERTIFICATE_PATH": "/c",
                "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN": "true",
            ]),
            cloud: Fixture.cloud,
            transport: transport,
            clock: clock,
            files: FileSource { _, _ in Data("\(made.certificate)\n\(made.key)".utf8) },
            runner: ScriptedRunner(nil)
        )
        .credential("environment")
        _ = try await credential.token(for: "https://a")
        let body = String(decoding: try #require(transport.requests.first).body, as: UTF8.self)
        let assertion = try #require(body.split(separator: "client_assertion=").last)
        let parts = assertion.split(separator: ".")
        try #require(parts.count == 3)
        let header = try Self.json(parts[0])
        #expect(header["alg"]?.string == "PS256")
        #expect(header["x5t#S256"]?.string == Data(SHA256.hash(data: made.der)).base64URL)
        #expect(header["x5c"]?.array?.first?.string == made.der.base64EncodedString())
        let claims = try Self.json(parts[1])
        #expect(claims["aud"]?.string == "https://login.microsoftonline.com/\(Fixture.tenant)/oauth2/v2.0/token")
        #expect(claims["iss"]?.string == "the-app")
        #expect(claims["sub"]?.string == "the-app")
        #expect(claims["exp"]?.integer == 1_795_482_600)
        #expect(claims["jti"]?.string?.count == 32)
        let key = try _RSA.Signing.PrivateKey(pemRepresentation: made.key).publicKey
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try #require(Data(base64URL: parts[2])))
        let digest = SHA256.hash(data: Data("\(parts[0]).\(parts[1])".utf8))
        #expect(key.isValidSignature(signature, for: digest, padding: .PSS))
    }

    private static func json(_ part: Substring) throws -> JSONValue {
        try JSONDecoder.stable().decode(JSONValue.self, from: #require(Data(base64URL: part)))
    }
}
