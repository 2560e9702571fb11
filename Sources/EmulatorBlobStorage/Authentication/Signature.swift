import Crypto
import Foundation

/// Signatures with an account key: HMAC-SHA256 in base64.
enum Signature {
    static func make(_ text: String, key: String) -> String? {
        guard let bytes = Data(base64Encoded: key) else { return nil }
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: bytes))
        return Data(code).base64EncodedString()
    }

    /// Whether one of the keys made a signature of one of the texts; how long that takes does not tell how close it
    /// came.
    static func isValid(_ signature: String, of texts: [String], keys: [String]) -> Bool {
        guard let claimed = Data(base64Encoded: signature) else { return false }
        var isValid = false
        for key in keys {
            guard let bytes = Data(base64Encoded: key) else { continue }
            let symmetric = SymmetricKey(data: bytes)
            for text in texts {
                let matches = HMAC<SHA256>.isValidAuthenticationCode(
                    claimed,
                    authenticating: Data(text.utf8),
                    using: symmetric
                )
                isValid = matches || isValid
            }
        }
        return isValid
    }
}
