import Foundation

/// Builds zone files, sound ones and others.
struct ZoneFileBuilder {
    var version: Unicode.Scalar = "2"
    var times = [0, 1_000_000_000]
    var kinds: [UInt8] = [1, 0]
    var offsets = [3600, 7200]
    var leapSeconds = 0
    var footer: String? = "CET-1CEST,M3.5.0,M10.5.0/3"

    var data: Data {
        guard self.version != "1" else { return self.block(version: 0, timesOf: 4) }
        let byte = UInt8(ascii: self.version)
        // The old block may hold less: readers of our time pass over it.
        var old = self
        (old.times, old.kinds) = ([], [])
        return old.block(version: byte, timesOf: 4) + self.block(version: byte, timesOf: 8)
            + Data((self.footer.map { "\n\($0)\n" } ?? "").utf8)
    }

    private func block(version: UInt8, timesOf length: Int) -> Data {
        var data = Data("TZif".utf8) + [version] + Data(count: 15)
        let designations = Array("CET\0CEST\0".utf8)
        for count in [0, 0, self.leapSeconds, self.times.count, self.offsets.count, designations.count] {
            data += Self.bytes(count, 4)
        }
        for time in self.times { data += Self.bytes(time, length) }
        data += self.kinds
        for offset in self.offsets { data += Self.bytes(offset, 4) + [0, 0] }
        return data + designations + Data(count: self.leapSeconds * (length + 4))
    }

    private static func bytes(_ value: Int, _ count: Int) -> Data {
        Data((0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
    }
}
