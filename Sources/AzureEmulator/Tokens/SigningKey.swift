import Crypto
import CryptoExtras
import EmulatorRuntime
import Foundation
import Synchronization

/// The RSA key with which the emulated Microsoft Entra signs.
///
/// It is made at its first use, since making one takes up to 150 ms, and kept in the state directory where there is
/// one.
final class SigningKey: Sendable {
    private struct Loaded {
        var key: _RSA.Signing.PrivateKey
        var id: String
    }

    private let file: URL?
    private let loaded = Mutex<Loaded?>(nil)

    init(directory: String?) {
        self.file = directory.map { URL(filePath: $0, directoryHint: .isDirectory).appending(path: "signing-key.pem") }
    }

    /// Makes the key now, so that the first token need not wait for it.
    func prepare() { _ = try? self.withKey { _ in } }

    /// A signed token with these claims.
    ///
    /// Source: RFC 7515, section 3.1; algorithm RS256.
    func sign(_ claims: JSON) throws -> String {
        try self.withKey { loaded in
            let header: JSON = [
                "typ": "JWT", "alg": "RS256", "x5t": .string(loaded.id), "kid": .string(loaded.id),
            ]
            let text = "\(Base64URL.encode(header.data)).\(Base64URL.encode(claims.data))"
            let signature = try loaded.key.signature(
                for: SHA256.hash(data: Data(text.utf8)),
                padding: .insecurePKCS1v1_5
            )
            return "\(text).\(Base64URL.encode(signature.rawRepresentation))"
        }
    }

    /// Whether a token was signed by this key.
    func signed(_ token: WebToken) -> Bool {
        guard token.header["alg"]?.string == "RS256" else { return false }
        let verdict = try? self.withKey { loaded in
            loaded.key.publicKey.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: token.signature),
                for: SHA256.hash(data: token.signedText),
                padding: .insecurePKCS1v1_5
            )
        }
        return verdict ?? false
    }

    /// The public half as a set of keys.
    ///
    /// Source: RFC 7517, section 5.
    func keySet() throws -> JSON {
        try self.withKey { loaded in
            let numbers = try loaded.key.publicKey.getKeyPrimitives()
            return [
                "keys": [
                    [
                        "kty": "RSA", "use": "sig", "kid": .string(loaded.id), "x5t": .string(loaded.id),
                        "n": .string(Base64URL.encode(numbers.modulus)),
                        "e": .string(Base64URL.encode(numbers.publicExponent)),
                    ]
                ]
            ]
        }
    }

    private func withKey<Value: Sendable>(_ body: (Loaded) throws -> Value) throws -> Value {
        try self.loaded.withLock { loaded in
            if let loaded { return try body(loaded) }
            let key = try self.keptKey() ?? self.newKey()
            let id = Base64URL.encode(Data(SHA256.hash(data: key.publicKey.derRepresentation)).prefix(20))
            let fresh = Loaded(key: key, id: id)
            loaded = fresh
            return try body(fresh)
        }
    }

    private func keptKey() throws -> _RSA.Signing.PrivateKey? {
        guard let file = self.file, let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return try _RSA.Signing.PrivateKey(pemRepresentation: text)
    }

    private func newKey() throws -> _RSA.Signing.PrivateKey {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        if let file = self.file { try PrivateFile.write(Data(key.pemRepresentation.utf8), to: file) }
        return key
    }
}
