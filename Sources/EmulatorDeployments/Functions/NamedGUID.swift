import Crypto
import Foundation

/// The GUID behind the template function `guid`: version 5, of the arguments joined by hyphens.
///
/// Source: RFC 9562, section 5.5; the namespace by names of role assignments that Azure computed in recorded deployments.
enum NamedGUID {
    private static let namespace: [UInt8] = [
        0x11, 0xFB, 0x06, 0xFB, 0x71, 0x2D, 0x4D, 0xDD, 0x98, 0xC7, 0xE7, 0x1B, 0xBD, 0x58, 0x88, 0x30,
    ]

    /// The GUID in lower case.
    static func text(of parts: [String]) -> String {
        let name = Data(Self.namespace) + Data(parts.joined(separator: "-").utf8)
        var bytes = Array(Insecure.SHA1.hash(data: name).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
    }
}
