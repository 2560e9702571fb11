import EmulatorRuntime
import Foundation

/// A JSON web token in its compact form, taken apart but not yet believed.
///
/// Source: RFC 7519.
struct WebToken: Sendable {
    /// The protected header.
    let header: JSON
    /// The claims.
    let claims: JSON
    /// What is signed: header and claims as they were sent.
    let signedText: Data
    /// The signature.
    let signature: Data

    /// Takes a token apart; nil where it is not one.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let claims = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]),
            let header = try? JSONParser.parse(header).value, let claims = try? JSONParser.parse(claims).value
        else { return nil }
        self.header = header
        self.claims = claims
        self.signedText = Data("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
    }

    /// The audiences: `aud` may be one string or a list.
    var audiences: [String] {
        switch self.claims["aud"] {
        case .string(let audience)?: [audience]
        case .array(let audiences)?: audiences.compactMap(\.string)
        default: []
        }
    }

    /// A claim that is a count of seconds since 1970.
    func instant(_ claim: String) -> Date? {
        guard case .number(let text)? = self.claims[claim], let seconds = Double(text) else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }
}
