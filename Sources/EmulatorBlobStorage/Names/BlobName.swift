/// A blob's name: two names are the same only when their bytes are, and bytes decide their order.
///
/// Swift's strings compare by canonical equivalence, Azure's names do not: a composed and a decomposed `é` name two
/// blobs.
struct BlobName: Hashable, Comparable, Sendable {
    var text: String

    init(_ text: String) { self.text = text }

    static func == (lhs: Self, rhs: Self) -> Bool { lhs.text.utf8.elementsEqual(rhs.text.utf8) }

    static func < (lhs: Self, rhs: Self) -> Bool { lhs.text.utf8.lexicographicallyPrecedes(rhs.text.utf8) }

    func hash(into hasher: inout Hasher) { hasher.combine(self.text) }

    func hasPrefix(_ prefix: String) -> Bool { self.text.utf8.starts(with: prefix.utf8) }
}

extension BlobName: Codable {
    init(from decoder: any Decoder) throws { self.text = try decoder.singleValueContainer().decode(String.self) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }
}
