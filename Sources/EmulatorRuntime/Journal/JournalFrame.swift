import Foundation

/// How one entry lies in a journal's file: `LENGTH CHECKSUM\n`, the bytes, `\n`.
enum JournalFrame {
    /// What a file held.
    struct Scan {
        /// The whole entries, in order.
        var entries: [Data]
        /// Where the last whole entry ends, in bytes.
        var end: Int
    }

    static func encode(_ entry: Data) -> Data {
        var frame = Data("\(entry.count) \(checksum(entry))\n".utf8)
        frame.append(entry)
        frame.append(0x0A)
        return frame
    }

    /// Reads all whole entries.
    ///
    /// What follows the last whole one is a torn write if nothing follows it.
    static func scan(_ file: Data, name: String) throws -> Scan {
        var scan = Scan(entries: [], end: 0)
        while scan.end < file.count {
            guard let header = header(of: file, at: scan.end), header.end < file.count else { break }
            let entry = file[header.start..<header.end]
            guard file[header.end] == 0x0A, checksum(entry) == header.checksum else {
                guard header.end + 1 >= file.count else {
                    throw JournalError.damaged(name: name, offset: scan.end)
                }
                break
            }
            scan.entries.append(Data(entry))
            scan.end = header.end + 1
        }
        return scan
    }

    private static func header(of file: Data, at offset: Int) -> (start: Int, end: Int, checksum: UInt32)? {
        // A header is two numbers: more than this many bytes without a newline is not one.
        let window = file[offset..<min(offset + 40, file.count)]
        guard let newline = window.firstIndex(of: 0x0A) else { return nil }
        let fields = String(decoding: window[offset..<newline], as: UTF8.self).split(separator: " ")
        guard fields.count == 2, let length = Int(fields[0]), length >= 0, let checksum = UInt32(fields[1]) else {
            return nil
        }
        let (end, overflow) = (newline + 1).addingReportingOverflow(length)
        return overflow ? nil : (newline + 1, end, checksum)
    }

    /// FNV-1a, folded to 32 bits: it is to notice torn writes, not tampering.
    private static func checksum(_ bytes: Data) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
    }
}
