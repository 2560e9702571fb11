package import BackupDomain
import Crypto
import FoundationEssentials

/// Signs webhooks as the Standard Webhooks specification has it, so that receivers can use its libraries.
///
/// `HMAC-SHA256(secret, id.timestamp.body)` in base64, as `v1,…` in the header `webhook-signature`, beside `webhook-id` and
/// `webhook-timestamp` (seconds since 1970).
///
/// Source: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>
package struct WebhookSignature: Sendable {
    private static let prefix = "whsec_"

    private let key: SymmetricKey

    /// Reads a secret: `whsec_` and base64, or any text of at least 24 bytes.
    ///
    /// - Parameters:
    ///   - secret: The secret; blanks and line ends around it do not count.
    ///   - channel: The channel's name, for errors.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it is too short or no base64.
    package init(_ secret: Secret, channel: String) throws(BackupError) {
        let text = String(secret.reveal().filter { !$0.isWhitespace })
        let bytes = text.hasPrefix(Self.prefix) ? Data(base64Encoded: String(text.dropFirst(6))) : Data(text.utf8)
        guard let bytes, bytes.count >= 24 else {
            throw BackupError(
                .invalidInput,
                "The secret of the channel '\(channel)' cannot sign: it needs at least 24 bytes.",
                remedy: "Make one with: echo \"whsec_$(openssl rand -base64 32)\""
            )
        }
        self.key = SymmetricKey(data: bytes)
    }

    /// Signs a body.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - id: The message's id.
    ///   - seconds: The present in seconds since 1970.
    /// - Returns: The header's value.
    func header(_ body: Data, id: String, at seconds: Int) -> String {
        let signed = Data("\(id).\(seconds).".utf8) + body
        return "v1," + Data(HMAC<SHA256>.authenticationCode(for: signed, using: self.key)).base64EncodedString()
    }
}
