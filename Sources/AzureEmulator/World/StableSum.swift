/// A number that is the same for the same text in every process (FNV-1a), to vary generated content.
enum StableSum {
    static func of(_ text: String) -> Int {
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return Int(hash >> 16)
    }
}
