/// Where a listener waits for calls: a host and a port.
package struct ListenAddress: Sendable, Hashable {
    /// The host: a name, an IPv4 address, or an IPv6 address without brackets.
    package var host: String
    /// The port; 0 for any free one.
    package var port: Int

    /// Creates an address.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads an address.
    ///
    /// - Parameter text: Such as `127.0.0.1:8425`, `[::1]:8425` or `localhost:8425`; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[colon...].dropFirst()
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let port = Int(digits), (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":"), host.utf8.allSatisfy(Self.isHexadecimalOrColon) else { return nil }
        } else {
            guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        }
        self.init(host: String(host), port: port)
    }

    private static func isHexadecimalOrColon(_ byte: UInt8) -> Bool {
        (48...58).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte) || byte == 46
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 46
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The address as it is read.
    package var description: String { "\(self.host.contains(":") ? "[\(self.host)]" : self.host):\(self.port)" }
}
