import FoundationEssentials

/// The bytes of a zone file, read from front to back and never beyond the end.
struct ZoneBytes {
    private let content: [UInt8]
    private var position = 0

    init(_ content: Data) { self.content = Array(content) }

    /// Takes the next bytes.
    mutating func take(_ count: Int) throws(ZoneFileDefect) -> ArraySlice<UInt8> {
        guard count >= 0, count <= self.content.count - self.position else { throw .init("it ends too early") }
        defer { self.position += count }
        return self.content[self.position..<self.position + count]
    }

    /// Leaves the next bytes out.
    mutating func skip(_ count: Int) throws(ZoneFileDefect) { _ = try self.take(count) }

    /// Takes a whole number of 4 or 8 bytes in two's complement, the highest byte first.
    mutating func integer(bytes: Int) throws(ZoneFileDefect) -> Int {
        let value = try self.take(bytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bytes == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
    }

    /// Takes the text between two line feeds.
    mutating func line() throws(ZoneFileDefect) -> String {
        guard try self.take(1).first == 10, let end = self.content[self.position...].firstIndex(of: 10) else {
            throw .init("its footer is damaged")
        }
        return String(decoding: try self.take(end - self.position), as: UTF8.self)
    }
}
