/// What names the times of a schedule.
package enum ScheduleTiming: Sendable, Hashable {
    /// A cron expression, by the clocks of a zone.
    case cron(CronExpression)
    /// Every so many seconds, counted from 1970-01-01T00:00:00Z: a restart moves nothing.
    case every(seconds: Int)

    /// The least and the greatest interval, in seconds: a minute and 366 days.
    package static let intervals = 60...366 * 86_400
}

extension ScheduleTiming: CustomStringConvertible {
    /// The expression, or `every 6 h`.
    package var description: String {
        switch self {
        case .cron(let expression): expression.text
        case .every(let seconds): "every \(Duration.seconds(seconds).formattedBriefly)"
        }
    }
}
