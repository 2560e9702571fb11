/// How many calls the Resource Manager takes from one principal in one subscription, and how fast they come back.
///
/// Source: "Understand how Azure Resource Manager throttles requests", as of 2025; API Management's own counter by the
/// recorded session of 2023, where it began at 24,000.
struct ThrottlingLimits: Sendable, Equatable, Codable {
    /// Whether calls are counted and refused at all.
    var isEnabled = true
    /// Calls that read.
    var reads = BucketLimit(capacity: 250, refillPerSecond: 25)
    /// Calls that write, and actions.
    var writes = BucketLimit(capacity: 200, refillPerSecond: 10)
    /// Calls that delete.
    var deletes = BucketLimit(capacity: 200, refillPerSecond: 10)
    /// Calls that read one instance of API Management; how fast they come back is not known.
    var resourceRequests = BucketLimit(capacity: 24_000, refillPerSecond: 24_000 / 3600)
    /// How many times as much all principals have together.
    var globalFactor = 15

    /// The limit of one kind of calls.
    func limit(of kind: ThrottledKind) -> BucketLimit {
        switch kind {
        case .reads: self.reads
        case .writes: self.writes
        case .deletes: self.deletes
        case .resourceRequests: self.resourceRequests
        }
    }
}

/// The size of one bucket of calls, and how many calls come back in a second.
struct BucketLimit: Sendable, Equatable, Codable {
    var capacity: Int
    var refillPerSecond: Double

    /// The limit of so many sharers together.
    func times(_ factor: Int) -> BucketLimit {
        BucketLimit(capacity: self.capacity * factor, refillPerSecond: self.refillPerSecond * Double(factor))
    }

    /// The limit where time passes faster.
    func faster(_ speed: Double) -> BucketLimit {
        BucketLimit(capacity: self.capacity, refillPerSecond: self.refillPerSecond * speed)
    }
}
