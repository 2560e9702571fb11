import BackupDomain

/// The block of a zone file that holds its changes.
struct ZoneBlock {
    /// The offsets that local time may have, in seconds; RFC 9636 names these bounds.
    private static let offsets = -89_999...93_599

    /// The changes, oldest first.
    let changes: [TimeZoneRules.Change]
    /// The offset before the first change.
    let initialOffset: Int

    init(_ header: ZoneHeader, timesOf length: Int, from bytes: inout ZoneBytes) throws(ZoneFileDefect) {
        var times: [Int] = []
        for _ in 0..<header.changes {
            let time = try bytes.integer(bytes: length)
            guard times.last.map({ $0 < time }) ?? true else { throw .init("its changes are not in order") }
            times.append(time)
        }
        let kinds = try bytes.take(header.changes).map(Int.init)
        var offsets: [Int] = []
        for _ in 0..<header.kinds {
            let offset = try bytes.integer(bytes: 4)
            guard Self.offsets.contains(offset) else { throw .init("it has an offset of \(offset) seconds") }
            offsets.append(offset)
            try bytes.skip(2)
        }
        try bytes.skip(header.lengthAfterKinds(timesOf: length))
        guard kinds.allSatisfy({ $0 < offsets.count }) else { throw .init("a change names no kind of local time") }
        self.changes = zip(times, kinds).map { TimeZoneRules.Change(at: $0, offset: offsets[$1]) }
        self.initialOffset = offsets[0]
    }
}
