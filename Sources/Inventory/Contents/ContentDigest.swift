import Crypto
import Foundation

/// What stands for bytes that are not kept: their SHA-256, in hexadecimal digits.
enum ContentDigest {
    /// Digests bytes.
    ///
    /// - Parameter content: The bytes.
    /// - Returns: 64 digits.
    static func of(_ content: some DataProtocol) -> String {
        SHA256.hash(data: content).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
