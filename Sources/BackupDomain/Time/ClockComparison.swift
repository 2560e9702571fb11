package import FoundationEssentials

/// What an answer tells of this machine's clock: the service's instant lies somewhere between the call and the answer.
///
/// An answer that was minutes under way says nothing against the clock, so only what lies outside that span counts.
package struct ClockComparison: Sendable, Hashable {
    /// How far apart the clocks may be: beyond five minutes tokens are refused.
    package static let tolerance: TimeInterval = 300

    /// The service's instant: the `Date` of its answer.
    package var service: Date
    /// How many seconds this machine is ahead at least; negative where it is behind, 0 where nothing shows.
    package var ahead: TimeInterval

    /// Compares the clocks.
    ///
    /// - Parameters:
    ///   - service: The `Date` of the answer; where there is none, there is nothing to compare.
    ///   - asked: The instant before the call, by this machine's clock.
    ///   - answered: The instant after the answer.
    package init?(service: Date?, asked: Date, answered: Date) {
        guard let service else { return nil }
        self.service = service
        // A clock that was set back meanwhile makes the span run backwards.
        let (first, last) = (min(asked, answered), max(asked, answered))
        self.ahead =
            if first > service { first.timeIntervalSince(service) } else if last < service {
                last.timeIntervalSince(service)
            } else { 0 }
    }

    /// Whether this machine's clock is too far off.
    package var isOff: Bool { abs(self.ahead) > Self.tolerance }
}
