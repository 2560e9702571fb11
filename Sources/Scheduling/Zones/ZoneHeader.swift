/// The header of a block of a zone file: which version, and how much of what follows.
struct ZoneHeader {
    /// More changes than in a thousand years.
    private static let mostChanges = 4096

    /// The file's version, from 1 to 4.
    let version: Int
    /// The number of changes.
    let changes: Int
    /// The number of kinds of local time.
    let kinds: Int
    private let designations: Int
    private let leapSeconds: Int
    private let indicators: Int

    init(from bytes: inout ZoneBytes) throws(ZoneFileDefect) {
        guard try bytes.take(4).elementsEqual("TZif".utf8) else { throw .init("it does not begin with TZif") }
        switch try bytes.take(1).first {
        case 0: self.version = 1
        case UInt8(ascii: "2"): self.version = 2
        case UInt8(ascii: "3"): self.version = 3
        case UInt8(ascii: "4"): self.version = 4
        default: throw .init("it has a version that is not known; 1 to 4 are")
        }
        try bytes.skip(15)
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(try bytes.integer(bytes: 4)) }
        (self.leapSeconds, self.changes, self.kinds, self.designations) = (counts[2], counts[3], counts[4], counts[5])
        self.indicators = counts[0] + counts[1]
        guard counts.allSatisfy({ $0 >= 0 }), self.changes <= Self.mostChanges, (1...256).contains(self.kinds),
            self.designations <= 4096, self.leapSeconds <= 4096, self.indicators <= 512
        else { throw .init("its header names impossible numbers") }
        guard self.leapSeconds == 0 else {
            throw .init("it counts leap seconds, as the zones below 'right' do; Azure's clocks do not")
        }
    }

    /// The length of the block that follows.
    ///
    /// - Parameter bytes: The length of an instant.
    /// - Returns: The length in bytes.
    func length(timesOf bytes: Int) -> Int {
        self.changes * (bytes + 1) + self.kinds * 6 + self.lengthAfterKinds(timesOf: bytes)
    }

    /// The length of what follows the kinds of local time.
    func lengthAfterKinds(timesOf bytes: Int) -> Int {
        self.designations + self.leapSeconds * (bytes + 4) + self.indicators
    }
}
