import HTTPTypes

/// What is left of the calls that Azure grants for one scope, as far as its answers tell; decides how long a call waits.
///
/// While much is left nothing waits. Once less is left than the reserve, calls are spaced to what Azure adds, so that those
/// that come first leave something for the next and for other programs. What an answer says counts more than what was
/// reckoned.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling>: 250 reads
/// with 25 more each second, 200 writes and 200 deletes with 10 more each second, per principal and subscription.
struct CallBudget: Sendable, Hashable {
    /// How many calls Azure adds each second.
    let refill: Double
    /// Below this many, calls are spaced.
    let reserve: Double
    /// How many are left; nil until an answer has told.
    private var left: Double?
    /// The most that an answer has told of.
    private var most = 0.0
    /// When ``left`` was right; in the future while the scope is closed.
    private var reckonedAt = Duration.zero
    /// When calls may be made again after a refusal.
    private var opensAt = Duration.zero
    /// How many calls have been let in and not been answered.
    private var pending = 0

    /// A budget of which nothing is known.
    ///
    /// - Parameter kind: The kind of calls.
    init(_ kind: CallScope.Kind) {
        (self.refill, self.reserve) = kind == .reads ? (25, 25) : (10, 20)
    }

    /// Lets a call in.
    ///
    /// - Parameter now: The present, as uptime.
    /// - Returns: How long the call must wait before it is made.
    mutating func admit(at now: Duration) -> Duration {
        self.pending += 1
        let closed = max(.zero, self.opensAt - now)
        guard let left = self.reckon(at: now).map({ $0 - 1 }) else { return closed }
        self.left = left
        let spacing = max(0, self.reserve - left) / self.refill
        return closed + .milliseconds(Int((spacing * 1000).rounded()))
    }

    /// Takes in that a call has been answered, or given up.
    ///
    /// - Parameters:
    ///   - remaining: What the answer says is left; nil where it says nothing.
    ///   - now: The present, as uptime.
    mutating func settle(remaining: Int?, at now: Duration) {
        self.pending = max(0, self.pending - 1)
        guard let remaining else { return }
        self.most = max(self.most, Double(remaining))
        self.left = Double(remaining - self.pending)
        self.reckonedAt = max(now, self.opensAt)
    }

    /// Closes the scope after a refusal.
    ///
    /// - Parameter instant: When calls may be made again, as uptime.
    mutating func close(until instant: Duration) {
        self.opensAt = max(self.opensAt, instant)
        self.reckonedAt = max(self.reckonedAt, self.opensAt)
    }

    private mutating func reckon(at now: Duration) -> Double? {
        guard let left = self.left else { return nil }
        guard now > self.reckonedAt else { return left }
        let added = (now - self.reckonedAt).asSeconds * self.refill
        self.reckonedAt = now
        self.left = min(max(self.most, left), left + added)
        return self.left
    }
}

extension HTTPExchangeResponse {
    /// The least that any of Resource Manager's counters says is left; nil where it tells nothing.
    var remainingCalls: Int? {
        self.fields.lazy.filter { $0.name.canonicalName.hasPrefix("x-ms-ratelimit-remaining-") }
            .compactMap { Int($0.value) }.filter { $0 >= 0 }.min()
    }

    /// How long Azure wants all callers of the scope to wait; nil where it refuses nothing, or nothing but this resource.
    ///
    /// A service may answer 429 for a resource that is busy. Then counters are left that Resource Manager has shown; where
    /// it has shown none, nobody can tell, and all wait.
    var throttledFor: Duration? {
        guard self.status == 429, self.remainingCalls ?? 0 == 0 else { return nil }
        return self.retryAfter
    }
}
