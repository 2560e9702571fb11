/// A range of bytes that a request asks for: from an offset to another, or to the end.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/specifying-the-range-header-for-blob-service-operations>
struct ByteRange: Hashable, Sendable {
    var first: Int
    /// The last byte, itself included; nil for the end.
    var last: Int?

    /// Reads the range of a request; `x-ms-range` counts before `Range`, and nil means the whole.
    init?(_ request: BlobRequest) throws(StorageError) {
        if let own = request.header("x-ms-range") {
            guard let range = Self(own) else { throw .invalidHeader("x-ms-range", own) }
            self = range
        } else if let range = request.header("range").flatMap(Self.init) {
            // HTTP lets a server ignore forms of `Range` that it does not know; Azure documents no others.
            self = range
        } else {
            return nil
        }
    }

    init?(_ text: String) {
        guard text.hasPrefix("bytes=") else { return nil }
        let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let first = Int(ends[0])
        else { return nil }
        self.first = first
        guard !ends[1].isEmpty else { return }
        guard let last = Int(ends[1]), last >= first else { return nil }
        self.last = last
    }

    /// The bytes of a content of this length that the range covers.
    func resolved(length: Int) throws(StorageError) -> Range<Int> {
        guard self.first < length else { throw .invalidRange(length: length) }
        return self.first..<(min(self.last ?? length - 1, length - 1) + 1)
    }
}
