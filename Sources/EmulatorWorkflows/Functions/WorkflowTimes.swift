import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// The functions of workflows that move, write and take apart dates and times.
enum WorkflowTimes {
    static let functions: [String: ExpressionFunction] = Self.moves.merging(Self.parts) { _, last in last }
        .merging(Self.zones) { _, last in last }

    private static let moves: [String: ExpressionFunction] = [
        "adddays": Self.adding("Day"), "addhours": Self.adding("Hour"), "addminutes": Self.adding("Minute"),
        "addseconds": Self.adding("Second"),
        "addtotime": ExpressionFunction(3...4) { call throws(ExpressionFailure) in
            let moved = try Self.moved(Self.time(call), by: call.integer(1), unit: call.string(2), in: call)
            return try Self.text(of: moved, call, format: 3)
        },
        "subtractfromtime": ExpressionFunction(3...4) { call throws(ExpressionFailure) in
            let moved = try Self.moved(Self.time(call), by: -call.integer(1), unit: call.string(2), in: call)
            return try Self.text(of: moved, call, format: 3)
        },
        "formatdatetime": ExpressionFunction(1...3) { call throws(ExpressionFailure) in
            try Self.text(of: Self.time(call), call, format: 1)
        },
        "startofday": Self.start { $0.localTicks - Self.within($0.localTicks, Timestamp.day) },
        "startofhour": Self.start { $0.localTicks - Self.within($0.localTicks, 3600 * Timestamp.second) },
        "startofmonth": Self.start { time in
            time.localTicks - Self.within(time.localTicks, Timestamp.day) - (time.parts.day - 1) * Timestamp.day
        },
    ]

    private static let parts: [String: ExpressionFunction] = [
        "ticks": ExpressionFunction(1...1) { call throws(ExpressionFailure) in .integer(try Self.time(call).ticks) },
        "dayofmonth": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .integer(try Self.time(call).parts.day)
        },
        "dayofweek": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .integer(try Self.time(call).parts.weekday)
        },
        "dayofyear": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            let parts = try Self.time(call).parts
            return .integer(parts.daysSinceEpoch - CalendarInstant.days(year: parts.year, month: 1, day: 1) + 1)
        },
        "date": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(TimestampFormat("yyyy-MM-dd")?.text(of: try Self.time(call)) ?? "")
        },
    ]

    private static let zones: [String: ExpressionFunction] = [
        "convertfromutc": ExpressionFunction(2...3) { call throws(ExpressionFailure) in
            try Self.text(of: Self.zone(call, 1).local(Self.time(call).date), call, format: 2)
        },
        "converttoutc": ExpressionFunction(2...3) { call throws(ExpressionFailure) in
            let instant = try Self.zone(call, 1).instant(ofLocalTicks: Self.time(call).localTicks)
            return try Self.text(of: Timestamp(instant), call, format: 2)
        },
        "converttimezone": ExpressionFunction(3...4) { call throws(ExpressionFailure) in
            let instant = try Self.zone(call, 1).instant(ofLocalTicks: Self.time(call).localTicks)
            return try Self.text(of: Self.zone(call, 2).local(instant), call, format: 3)
        },
    ]

    private static func adding(_ unit: String) -> ExpressionFunction {
        ExpressionFunction(2...3) { call throws(ExpressionFailure) in
            try Self.text(of: Self.moved(Self.time(call), by: call.integer(1), unit: unit, in: call), call, format: 2)
        }
    }

    private static func start(_ ticks: @escaping @Sendable (Timestamp) -> Int) -> ExpressionFunction {
        ExpressionFunction(1...2) { call throws(ExpressionFailure) in
            let time = try Self.time(call)
            let moved = Timestamp(localTicks: ticks(time), offsetMinutes: time.offsetMinutes)
            return try Self.text(of: moved, call, format: 1)
        }
    }

    private static func within(_ ticks: Int, _ unit: Int) -> Int { (ticks % unit + unit) % unit }

    private static func time(_ call: ExpressionArguments) throws(ExpressionFailure) -> Timestamp {
        let text = try call.string(0)
        guard let time = Timestamp(text) ?? HTTPTime.read(text) else {
            throw call.failure("was given '\(text)', which is not a date and time")
        }
        // Source: .NET: a time without an offset is of no certain zone, and is written without one.
        return time.offsetMinutes == nil ? time : time.utc
    }

    private static func zone(_ call: ExpressionArguments, _ index: Int) throws(ExpressionFailure) -> LocalZone {
        let name = try call.string(index)
        guard let zone = LocalZone(windowsName: name) else {
            throw call.failure("was given '\(name)', which is not the name of a time zone")
        }
        return zone
    }

    static func moved(
        _ time: Timestamp,
        by count: Int,
        unit: String,
        in call: ExpressionArguments
    ) throws(ExpressionFailure) -> Timestamp {
        guard abs(count) < 10_000_000_000 else { throw call.failure("was given a count that is too great") }
        let moved: Timestamp
        switch unit.lowercased() {
        case "second": moved = time.adding(ticks: count * Timestamp.second)
        case "minute": moved = time.adding(ticks: count &* 60 &* Timestamp.second)
        case "hour": moved = time.adding(ticks: count &* 3600 &* Timestamp.second)
        case "day" where abs(count) < 4_000_000: moved = time.adding(ticks: count * Timestamp.day)
        case "week" where abs(count) < 600_000: moved = time.adding(ticks: count * 7 * Timestamp.day)
        case "month" where abs(count) < 120_000: moved = time.adding(months: count)
        case "year" where abs(count) < 10_000: moved = time.adding(months: count * 12)
        default: throw call.failure("was given the unit '\(unit)' and the count \(count), which do not go together")
        }
        guard moved.isRepresentable else { throw call.failure("has a result outside of the years 1 to 9999") }
        return moved
    }

    static func text(
        of time: Timestamp,
        _ call: ExpressionArguments,
        format index: Int
    ) throws(ExpressionFailure) -> JSON {
        let text = call.has(index) && !call[index].isNull ? try call.string(index) : "o"
        guard let format = TimestampFormat(text) else {
            throw call.failure("was given a format that is not valid: '\(text)'")
        }
        return .string(format.text(of: time))
    }
}
