import AzureClient
import FoundationEssentials

/// By how much a service's clock is ahead of ours, as narrowly as the answers' dates tell.
///
/// A `Date` names the second in which the answer was made, which was between the sending of the call and the answer's arrival.
struct ClockOffset: Sendable {
    /// The least and the most, in seconds.
    let range: ClosedRange<Double>

    /// Reads it off answers.
    ///
    /// - Parameter exchanges: The service's answers; nil where none has a date, or they say that its clock jumped.
    init?(_ exchanges: [Exchange]) {
        var (low, high) = (-Double.infinity, Double.infinity)
        for exchange in exchanges {
            guard let date = exchange.received["date"].flatMap(HTTPDate.date) else { continue }
            let answered = exchange.sentAt.addingTimeInterval(Double(exchange.milliseconds + 1) / 1000)
            low = max(low, date.timeIntervalSince(answered))
            high = min(high, date.addingTimeInterval(1).timeIntervalSince(exchange.sentAt))
        }
        guard low.isFinite, high.isFinite, low <= high else { return nil }
        self.range = low...high
    }

    /// How far two clocks are surely apart, in seconds.
    ///
    /// - Parameter other: The other clock.
    /// - Returns: Zero where they may agree.
    func distance(to other: Self) -> Double {
        max(0, self.range.lowerBound - other.range.upperBound, other.range.lowerBound - self.range.upperBound)
    }
}
