import Crypto
import Foundation

/// Identifiers that are the same in every start, because they derive from names.
enum DerivedID {
    /// A GUID that derives from a name.
    static func guid(_ name: String) -> String {
        var bytes = Array(SHA256.hash(data: Data("azure-emulator/\(name)".utf8)).prefix(16))
        bytes[6] = (bytes[6] & 0x0F) | 0x40
        bytes[8] = (bytes[8] & 0x3F) | 0x80
        let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let lengths = [8, 4, 4, 4, 12]
        var rest = digits[...]
        return lengths.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }

    /// A storage account's key, 64 bytes in base64, that derives from a name.
    static func storageKey(_ name: String) -> String {
        Data(SHA512.hash(data: Data("azure-emulator/key/\(name)".utf8))).base64EncodedString()
    }

    /// A secret that derives from a name, shaped as Microsoft Entra makes them.
    static func secret(_ name: String) -> String {
        let digest = Data(SHA256.hash(data: Data("azure-emulator/secret/\(name)".utf8))).base64EncodedString()
        let letters = digest.filter { $0.isLetter || $0.isNumber }
        return "\(letters.prefix(3))8Q~\(letters.dropFirst(3).prefix(34))"
    }
}
