import Foundation

/// Calls that may still be made: a store that every call takes one from, and that fills up again by itself.
struct TokenBucket: Sendable, Equatable {
    /// What came of asking for one call.
    enum Verdict: Sendable, Equatable {
        /// The call may be made; so many are left.
        case taken(left: Int)
        /// The call is refused; another one is, too, before so many seconds have passed.
        case refused(retryAfter: Int)
    }

    private let limit: BucketLimit
    private var tokens: Double
    private var updatedAt: Date
    private var closedUntil: Date?

    /// A full bucket.
    init(_ limit: BucketLimit, now: Date) {
        self.limit = limit
        self.tokens = Double(limit.capacity)
        self.updatedAt = now
    }

    /// Takes one call out, or says when to come back.
    ///
    /// Source: "Understand how Azure Resource Manager throttles requests": a request before `Retry-After` has elapsed is not
    /// processed, and gets a new value. That the value is the time in which the whole bucket fills up is inferred from a
    /// public report: 10 seconds for reads, which is 250 at 25 a second.
    mutating func take(now: Date) -> Verdict {
        let passed = max(0, now.timeIntervalSince(self.updatedAt))
        self.tokens = min(Double(self.limit.capacity), self.tokens + passed * self.limit.refillPerSecond)
        self.updatedAt = now
        if let end = self.closedUntil, now < end {
            return .refused(retryAfter: max(1, Int(end.timeIntervalSince(now).rounded(.up))))
        }
        self.closedUntil = nil
        if self.tokens >= 1 {
            self.tokens -= 1
            return .taken(left: Int(self.tokens))
        }
        let wait = max(1, (Double(self.limit.capacity) / self.limit.refillPerSecond).rounded(.up))
        self.closedUntil = now.addingTimeInterval(wait)
        return .refused(retryAfter: Int(wait))
    }
}
