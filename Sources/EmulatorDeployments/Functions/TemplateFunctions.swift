import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// The functions that only templates have, and that depend on nothing but their arguments.
///
/// Source: "ARM template functions".
enum TemplateFunctions {
    static let all: [String: ExpressionFunction] = FunctionLibrary.common.merging(Self.own) { _, own in own }

    private static let own: [String: ExpressionFunction] = [
        "uniquestring": ExpressionFunction(ExpressionFunction.atLeast(1)) { call throws(ExpressionFailure) in
            .string(UniqueString.text(of: try Self.strings(call)))
        },
        "guid": ExpressionFunction(ExpressionFunction.atLeast(1)) { call throws(ExpressionFailure) in
            .string(NamedGUID.text(of: try Self.strings(call)))
        },
        // Source: "Flow control functions for Bicep": evaluation ends with the words that it was given.
        "fail": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            throw ExpressionFailure(try call.string(0))
        },
        "datetimeadd": ExpressionFunction(2...3) { call throws(ExpressionFailure) in
            guard let base = Timestamp(try call.string(0)) else {
                throw call.failure("was given '\(call[0].display)', which is not a date and time")
            }
            guard let duration = ISODuration(try call.string(1)) else {
                throw call.failure("was given '\(call[1].display)', which is not a duration of ISO 8601")
            }
            let sum = base.utc.adding(months: duration.months).adding(ticks: duration.ticks)
            return .string(try Self.text(of: sum, call, format: 2, standard: "yyyy-MM-ddTHH:mm:ssZ"))
        },
        "datetimetoepoch": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            guard let time = Timestamp(try call.string(0)) else {
                throw call.failure("was given '\(call[0].display)', which is not a date and time")
            }
            return .integer(time.utcTicks / Timestamp.second)
        },
        "datetimefromepoch": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            let time = Timestamp(localTicks: try call.integer(0) &* Timestamp.second, offsetMinutes: 0)
            return .string(try Self.text(of: time, call, format: 1, standard: "yyyy-MM-ddTHH:mm:ssZ"))
        },
        "items": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            // Source: "Object functions for ARM templates": in the order of the keys.
            .array(
                try call.object(0).sorted { $0.name < $1.name }.map { ["key": .string($0.name), "value": $0.value] }
            )
        },
        "objectkeys": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .array(try call.object(0).map(\.name).sorted().map(JSON.string))
        },
        "shallowmerge": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            var result: JSON = [:]
            for element in try call.array(0) {
                for member in element.object ?? [] { result[member.name] = member.value }
            }
            return result
        },
        "flatten": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .array(try call.array(0).flatMap { $0.array ?? [$0] })
        },
        "tryget": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            if let name = call[1].string { return call[0].member(name) ?? .null }
            let index = try call.integer(1)
            let elements = call[0].array ?? []
            return elements.indices.contains(index) ? elements[index] : .null
        },
    ]

    private static func strings(_ call: ExpressionArguments) throws(ExpressionFailure) -> [String] {
        var strings: [String] = []
        for index in 0..<call.count { strings.append(try call.string(index)) }
        return strings
    }

    private static func text(
        of time: Timestamp,
        _ call: ExpressionArguments,
        format index: Int,
        standard: String
    ) throws(ExpressionFailure) -> String {
        guard time.isRepresentable else { throw call.failure("has a result outside of the years 1 to 9999") }
        guard let format = TimestampFormat(call.has(index) ? try call.string(index) : standard) else {
            throw call.failure("was given a format that is not valid: '\(call[index].display)'")
        }
        return format.text(of: time)
    }
}
