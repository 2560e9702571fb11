/// The digits of percent-encoding.
private let digits = Array("0123456789ABCDEF".utf8)

/// Whether a byte stands for itself everywhere.
private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 95, 126: true
    default: false
    }
}

extension String {
    /// The text with everything but letters, digits and `-._~` percent-encoded, for a path segment, a query or a form.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc3986#section-2.3>
    ///
    /// - Parameter slashes: Whether slashes stay.
    /// - Returns: ASCII text.
    func percentEncoded(keepingSlashes slashes: Bool = false) -> String {
        func staysAsItIs(_ byte: UInt8) -> Bool { isUnreserved(byte) || (slashes && byte == 47) }
        if self.utf8.allSatisfy(staysAsItIs) { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.utf8.count)
        for byte in self.utf8 {
            if staysAsItIs(byte) {
                bytes.append(byte)
            } else {
                bytes += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Writes a query or a form.
///
/// - Parameter items: Names, which are taken as they are, and values.
/// - Returns: `name=value&…`
func formEncoded(_ items: [(name: String, value: String)]) -> String {
    items.map { "\($0.name)=\($0.value.percentEncoded())" }.joined(separator: "&")
}

extension String {
    /// The text with its percent-encoded bytes decoded; nil where it is not well encoded or the bytes are no UTF-8.
    var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = Array(self.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 37 else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
