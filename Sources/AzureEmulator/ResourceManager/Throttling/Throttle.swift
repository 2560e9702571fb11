import EmulatorRuntime
import Foundation
import HTTPTypes
import Synchronization

/// Counts the calls of each principal, and refuses those beyond the limits.
///
/// Each principal has buckets for each subscription, and all principals together have one fifteen times as large; calls that
/// concern no subscription are counted for the tenant.
///
/// Source: "Understand how Azure Resource Manager throttles requests", as of 2025.
final class Throttle: Sendable {
    /// What a call is answered with: counters, and a refusal where it is one too many.
    struct Admission: Sendable {
        var headers: HTTPFields = [:]
        var refusal: ManagementError?
    }

    private struct Key: Hashable {
        var scope: Scope
        /// The object id; nil for all principals together.
        var principal: String?
        var kind: ThrottledKind
    }

    private let limits: ThrottlingLimits
    /// The subscriptions that exist; calls for others are counted for the tenant, so that nobody can make buckets up.
    private let subscriptions: Set<Scope>
    /// How many times faster than the emulator's clock the durations pass that Azure decides.
    private let speed: Double
    private let buckets = Mutex<[Key: TokenBucket]>([:])

    init(_ limits: ThrottlingLimits, subscriptions: [Subscription], clock: any EmulatorClock) {
        self.limits = limits
        self.subscriptions = Set(subscriptions.map(\.scope))
        let long = Duration.seconds(1_000_000)
        self.speed = Double(long.components.seconds) / Double(clock.scaled(long).components.seconds)
    }

    /// Counts one call.
    func admit(_ method: HTTPRequest.Method, _ path: ManagementPath, caller: Principal, now: Date) -> Admission {
        guard self.limits.isEnabled else { return Admission() }
        let kind = ThrottledKind(method, path: path)
        let named = path.scope.subscriptionID.map(Scope.subscription)
        let subscription = named.flatMap { self.subscriptions.contains($0) ? $0 : nil }
        let scope = subscription ?? Scope("/")
        let name = subscription == nil ? "tenant" : "subscription"
        let limit = self.limits.limit(of: kind)
        return self.buckets.withLock { buckets in
            var admission = Admission()
            // What a provider's own limit is for all principals together, and whether it refuses, is not known.
            let sharers: [(principal: String?, limit: BucketLimit, header: String)] =
                kind == .resourceRequests
                ? [(caller.objectID, limit, "\(name)-\(kind.rawValue)")]
                : [
                    (caller.objectID, limit, "\(name)-\(kind.rawValue)"),
                    (nil, limit.times(self.limits.globalFactor), "\(name)-global-\(kind.rawValue)"),
                ]
            // A call that is refused for its principal is not counted against the others.
            for sharer in sharers where admission.refusal == nil {
                let key = Key(scope: scope, principal: sharer.principal, kind: kind)
                var bucket = buckets[key] ?? TokenBucket(sharer.limit.faster(self.speed), now: now)
                let verdict = bucket.take(now: now)
                buckets[key] = bucket
                let header = HTTPField.Name("x-ms-ratelimit-remaining-\(sharer.header)")
                switch verdict {
                case .taken(let left):
                    if let header { admission.headers[header] = String(left) }
                case .refused(let seconds):
                    if let header { admission.headers[header] = "0" }
                    admission.refusal = .throttled(
                        kind,
                        scope: scope,
                        actor: caller.objectID,
                        retryAfter: seconds
                    )
                }
            }
            return admission
        }
    }
}

extension ManagementError {
    /// Source: code and words as tools print them in public reports; those for a tenant are inferred.
    static func throttled(
        _ kind: ThrottledKind,
        scope: Scope,
        actor: String,
        retryAfter: Int
    ) -> ManagementError {
        let subscription = scope.subscriptionID
        let place = subscription.map { "subscription '\($0)'" } ?? "tenant"
        return ManagementError(
            status: .tooManyRequests,
            code: subscription == nil ? "TenantRequestsThrottled" : "SubscriptionRequestsThrottled",
            message: "Number of '\(kind.word)' requests for \(place) actor '\(actor)' exceeded. Please try again after "
                + "'\(retryAfter)' seconds after additional tokens are available. Refer to "
                + "https://aka.ms/arm-throttling for additional information.",
            retryAfter: retryAfter
        )
    }
}
