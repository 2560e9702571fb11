import HTTPTypes
import Synchronization

/// What Resource Manager last said is left of the caller's budget, by the name of the header.
///
/// Kept so that runs of one process can share a budget; nothing waits for it yet: until then the limit is met by
/// obeying 429 and `Retry-After`.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling>
package final class RateLimitReadings: Sendable {
    private let remaining = Mutex<[String: Int]>([:])

    /// Creates an empty set of readings.
    package init() {}

    /// The number that a header last had.
    ///
    /// - Parameter header: Such as `x-ms-ratelimit-remaining-subscription-writes`.
    /// - Returns: The number; nil where the header has not been seen.
    package func remaining(_ header: String) -> Int? { self.remaining.withLock { $0[header] } }

    /// Takes note of an answer's headers.
    func note(_ fields: HTTPFields) {
        for field in fields where field.name.canonicalName.hasPrefix("x-ms-ratelimit-remaining-") {
            guard let number = Int(field.value) else { continue }
            // One header of each kind: what a service could invent beyond is not kept.
            self.remaining.withLock { readings in
                if readings.count < 32 || readings[field.name.canonicalName] != nil {
                    readings[field.name.canonicalName] = number
                }
            }
        }
    }
}
