/// One rule of a storage account's firewall: an address of version 4, or a range of them such as `203.0.113.0/24`.
///
/// Source: <https://learn.microsoft.com/azure/storage/common/storage-network-security-ip-address-range>
package struct AddressRule: Sendable, Hashable {
    private let network: UInt32
    private let bits: Int

    /// Reads a rule; nil is made of a text that is none.
    ///
    /// - Parameter text: An address or a range.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let network = Self.number(first) else { return nil }
        let bits = parts.count == 2 ? Int(parts[1]) : 32
        guard let bits, (0...32).contains(bits) else { return nil }
        self.network = network
        self.bits = bits
    }

    /// Whether an address is in the range.
    ///
    /// - Parameter address: The address; one of version 6 is in no range.
    /// - Returns: Whether it is.
    package func contains(_ address: String) -> Bool {
        guard let number = Self.number(address[...]) else { return false }
        return self.bits == 0 || (number ^ self.network) >> UInt32(32 - self.bits) == 0
    }

    /// An address of version 4 as one number; nil for anything else.
    static func number(_ address: Substring) -> UInt32? {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        return parts.reduce(UInt32?(0)) { sum, part in
            guard let sum, let part else { return nil }
            return sum << 8 | UInt32(part)
        }
    }
}
