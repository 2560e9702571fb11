import EmulatorExpressions
import EmulatorRuntime

/// When a trigger fires by itself.
///
/// Source: "Schedule and run recurring automated tasks": without a start time it fires at once; one in the past only anchors
/// the interval.
package struct Recurrence: Sendable, Equatable {
    package enum Frequency: String, Sendable, CaseIterable {
        case second = "Second"
        case minute = "Minute"
        case hour = "Hour"
        case day = "Day"
        case week = "Week"
        case month = "Month"

        /// The greatest interval.
        ///
        /// Source: the reference of the trigger types.
        var limit: Int {
            switch self {
            case .second: 9_999_999
            case .minute: 72_000
            case .hour: 12_000
            case .day: 500
            case .week: 71
            case .month: 16
            }
        }
    }

    let frequency: Frequency
    let interval: Int
    /// What the zone's clocks show at the start, or an instant where it has an offset; nil for at once.
    let start: Timestamp?
    let end: Timestamp?
    let zone: LocalZone
    /// Only with days, weeks and months; empty for those of the start.
    let hours: [Int]
    /// Only with days, weeks and months; empty for those of the start.
    let minutes: [Int]
    /// Only with weeks, from 0 for Sunday; empty for that of the start.
    let weekDays: [Int]
    /// Only with months; empty for that of the start.
    let monthDays: [Int]

    private static let days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    /// Reads a `recurrence`.
    static func read(_ json: JSON, of trigger: String) throws(WorkflowMistake) -> Recurrence {
        let named = json.member("frequency")?.string ?? ""
        guard let frequency = Frequency.allCases.first(where: { $0.rawValue.lowercased() == named.lowercased() }) else {
            throw Self.invalid("frequency", named, trigger, Frequency.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let interval = json.member("interval") ?? 1
        guard let count = interval.integer, (1...frequency.limit).contains(count) else {
            throw Self.invalid("interval", interval.display, trigger, "1 to \(frequency.limit)")
        }
        let zoneName = json.member("timeZone")?.string
        guard let zone = zoneName.map(LocalZone.init(windowsName:)) ?? .utc else {
            throw Self.invalid("timeZone", zoneName ?? "", trigger, "Windows' names, such as W. Europe Standard Time")
        }
        let schedule = json.member("schedule") ?? [:]
        let hasCalendar = [.day, .week, .month].contains(frequency)
        if schedule.object?.isEmpty == false, !hasCalendar {
            throw Self.invalid("schedule", schedule.text, trigger, "one with the frequency Day, Week or Month")
        }
        if schedule.member("monthlyOccurrences") != nil {
            throw .notEmulated("the 'monthlyOccurrences' of a schedule ('\(trigger)')")
        }
        return Recurrence(
            frequency: frequency,
            interval: count,
            start: try Self.time("startTime", json, trigger),
            end: try Self.time("endTime", json, trigger),
            zone: zone,
            hours: try Self.numbers("hours", schedule, 0...23, trigger),
            minutes: try Self.numbers("minutes", schedule, 0...59, trigger),
            weekDays: try Self.weekDays(schedule, trigger),
            monthDays: try Self.numbers("monthDays", schedule, 1...31, trigger)
        )
    }

    private static func time(_ name: String, _ json: JSON, _ trigger: String) throws(WorkflowMistake) -> Timestamp? {
        guard let value = json.member(name), !value.isNull else { return nil }
        guard let time = value.string.flatMap({ Timestamp($0) }) else {
            throw Self.invalid(name, value.display, trigger, "times such as 2026-11-24T01:00:00")
        }
        return time
    }

    private static func numbers(
        _ name: String,
        _ schedule: JSON,
        _ range: ClosedRange<Int>,
        _ trigger: String
    ) throws(WorkflowMistake) -> [Int] {
        guard let value = schedule.member(name), !value.isNull else { return [] }
        let elements = value.array ?? [value]
        let numbers = elements.compactMap { $0.integer ?? $0.string.flatMap { Int($0) } }
        guard numbers.count == elements.count, numbers.allSatisfy(range.contains) else {
            throw Self.invalid(name, value.display, trigger, "\(range.lowerBound) to \(range.upperBound)")
        }
        return Array(Set(numbers)).sorted()
    }

    private static func weekDays(_ schedule: JSON, _ trigger: String) throws(WorkflowMistake) -> [Int] {
        guard let value = schedule.member("weekDays"), !value.isNull else { return [] }
        let names = (value.array ?? [value]).map { $0.string?.lowercased() ?? "" }
        let numbers = names.compactMap { Self.days.firstIndex(of: $0) }
        guard numbers.count == names.count else {
            throw Self.invalid("weekDays", value.display, trigger, "Monday to Sunday")
        }
        return Array(Set(numbers)).sorted()
    }

    private static func invalid(
        _ name: String,
        _ value: String,
        _ trigger: String,
        _ wanted: String
    ) -> WorkflowMistake {
        .invalid(
            "The recurrence of template trigger '\(trigger)' has an invalid value '\(value)' for '\(name)'. The supported "
                + "values are: \(wanted)."
        )
    }
}
