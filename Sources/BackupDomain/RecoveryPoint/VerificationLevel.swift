/// How far a backup has been checked; each level includes the ones before.
package enum VerificationLevel: String, Sendable, Codable, CaseIterable, Comparable {
    /// The blob is there and not empty.
    case listed
    /// Its ETag, size and MD5 are as they were recorded, or, for a blob that no record of ours describes, as they were
    /// when it was seen before.
    case unchanged
    /// A drill has restored it.
    case restored

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int {
        switch self {
        case .listed: 0
        case .unchanged: 1
        case .restored: 2
        }
    }
}
