package import EmulatorExpressions
import EmulatorRuntime

/// How often, and when, a call is made again that failed.
///
/// Source: "Handle errors and exceptions in Azure Logic Apps": for 408, 429 and 5xx, and where no answer came; by default
/// four times, from 7.5 seconds on, each pause from 5 to 45. Azure draws each pause from a range; here it is the range's
/// upper end.
package enum CallRetries: Sendable, Equatable {
    case none
    case fixed(count: Int, interval: ISODuration)
    case exponential(count: Int, interval: ISODuration, minimum: ISODuration?, maximum: ISODuration?)

    private static let standard = Self.exponential(
        count: 4,
        interval: ISODuration(seconds: 7.5),
        minimum: ISODuration(seconds: 5),
        maximum: ISODuration(seconds: 45)
    )
    private static let day = ISODuration(seconds: 86_400)

    /// Reads a `retryPolicy`; the default where there is none.
    static func read(_ json: JSON?, of action: String) throws(WorkflowMistake) -> CallRetries {
        guard let json, !json.isNull else { return .standard }
        let type = json.member("type")?.string ?? "default"
        switch type.lowercased() {
        case "none": return .none
        case "default": return .standard
        case "fixed":
            return .fixed(
                count: try Self.count(json, of: action),
                interval: try Self.interval("interval", of: json, in: action)
            )
        case "exponential":
            return .exponential(
                count: try Self.count(json, of: action),
                interval: try Self.interval("interval", of: json, in: action),
                minimum: try Self.optional("minimumInterval", of: json, in: action),
                maximum: try Self.optional("maximumInterval", of: json, in: action)
            )
        default: throw .invalid("The retry policy of action '\(action)' has the unknown type '\(type)'.")
        }
    }

    private static func count(_ json: JSON, of action: String) throws(WorkflowMistake) -> Int {
        guard let count = json.member("count")?.integer, (1...90).contains(count) else {
            throw .invalid("The retry policy of action '\(action)' needs a 'count' from 1 to 90.")
        }
        return count
    }

    private static func interval(
        _ name: String,
        of json: JSON,
        in action: String
    ) throws(WorkflowMistake) -> ISODuration {
        let length = json.member(name)?.string.flatMap { ISODuration($0) }
        guard let length, (.seconds(5) ... .seconds(86_400)).contains(length.duration) else {
            throw .invalid("The retry policy of action '\(action)' needs '\(name)' from PT5S to P1D.")
        }
        return length
    }

    private static func optional(
        _ name: String,
        of json: JSON,
        in action: String
    ) throws(WorkflowMistake) -> ISODuration? {
        json.member(name) == nil ? nil : try self.interval(name, of: json, in: action)
    }

    /// How long to wait before the next attempt; nil where there is none.
    ///
    /// - Parameter attempts: How many there were.
    /// - Returns: The time.
    func pause(after attempts: Int) -> Duration? {
        switch self {
        case .none: return nil
        case .fixed(let count, let interval): return attempts > count ? nil : interval.duration
        case .exponential(let count, let interval, let minimum, let maximum):
            guard attempts <= count else { return nil }
            let grown = interval.duration * (1 << min(attempts - 1, 20))
            let least = minimum?.duration ?? .seconds(5)
            return min(max(grown, least), max(least, maximum?.duration ?? Self.day.duration))
        }
    }

    /// Whether an answer asks for another attempt.
    ///
    /// - Parameter status: The status.
    /// - Returns: Whether it does.
    static func concern(_ status: Int) -> Bool { status == 408 || status == 429 || status >= 500 }
}
