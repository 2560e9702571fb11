import Crypto
import Foundation
import SwiftASN1
import X509

/// The emulator's own certificate authority, and the certificate that its TLS listeners show.
struct CertificateAuthority {
    /// The authority's certificate, in PEM.
    let certificate: String
    private let issuer: Certificate
    private let key: Certificate.PrivateKey

    /// Makes an authority, or takes up the one that the directory holds, so that clients of an earlier start still
    /// trust it.
    init(directory: URL?) throws {
        let keyFile = directory?.appending(path: "ca-key.pem")
        let file = directory?.appending(path: "ca.pem")
        if let keyFile, let file, let keyText = try? String(contentsOf: keyFile, encoding: .utf8),
            let text = try? String(contentsOf: file, encoding: .utf8)
        {
            self.key = try Certificate.PrivateKey(pemEncoded: keyText)
            self.issuer = try Certificate(pemEncoded: text)
            self.certificate = text
            return
        }
        let key = P256.Signing.PrivateKey()
        let signer = Certificate.PrivateKey(key)
        self.key = signer
        let name = try DistinguishedName {
            CommonName("Local Azure CA")
            OrganizationName("azure-emulator")
        }
        self.issuer = try Self.sign(
            publicKey: signer.publicKey,
            subject: name,
            issuer: name,
            with: signer,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: signer.publicKey)
            }
        )
        self.certificate = try self.issuer.serializeAsPEM().pemString
        if let keyFile, let file {
            try PrivateFile.write(Data(key.pemRepresentation.utf8), to: keyFile)
            try Data(self.certificate.utf8).write(to: file, options: .atomic)
        }
    }

    /// A certificate for the listeners, with its key, both in PEM.
    func serverCertificate(host: String) throws -> (certificate: String, key: String) {
        let key = P256.Signing.PrivateKey()
        var names: [GeneralName] = [
            .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
            .ipAddress(ASN1OctetString(contentBytes: [UInt8](repeating: 0, count: 15) + [1])),
        ]
        let octets = host.split(separator: ".").compactMap { UInt8($0) }
        if octets.count == 4, octets != [127, 0, 0, 1] {
            names.append(.ipAddress(ASN1OctetString(contentBytes: octets[...])))
        } else if octets.count != 4, !host.contains(":"), host != "localhost" {
            names.append(.dnsName(host))
        }
        let certificate = try Self.sign(
            publicKey: Certificate.PublicKey(key.publicKey),
            subject: try DistinguishedName { CommonName("Local Azure") },
            issuer: self.issuer.subject,
            with: self.key,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names)
                AuthorityKeyIdentifier(keyIdentifier: try self.issuer.extensions.subjectKeyIdentifier?.keyIdentifier)
                SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
            }
        )
        return (try certificate.serializeAsPEM().pemString, key.pemRepresentation)
    }

    private static func sign(
        publicKey: Certificate.PublicKey,
        subject: DistinguishedName,
        issuer: DistinguishedName,
        with key: Certificate.PrivateKey,
        extensions: Certificate.Extensions
    ) throws -> Certificate {
        try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: publicKey,
            // 2020 to 2049: valid by any clock that a test may set, and the last year that UTCTime can write.
            notValidBefore: Date(timeIntervalSince1970: 1_577_836_800),
            notValidAfter: Date(timeIntervalSince1970: 2_493_072_000),
            issuer: issuer,
            subject: subject,
            extensions: extensions,
            issuerPrivateKey: key
        )
    }
}
