import EmulatorRuntime
import Foundation

extension FunctionLibrary {
    /// Arithmetic: whole where both numbers are, and then a division drops the rest.
    ///
    /// Source: "Numeric functions for ARM templates"; workflows also know numbers with fractions.
    static let numbers: [String: ExpressionFunction] = [
        "add": Self.arithmetic({ $0.addingReportingOverflow($1) }, +),
        "sub": Self.arithmetic({ $0.subtractingReportingOverflow($1) }, -),
        "mul": Self.arithmetic({ $0.multipliedReportingOverflow(by: $1) }, *),
        "div": Self.arithmetic({ $0.dividedReportingOverflow(by: $1) }, /),
        "mod": Self.arithmetic(
            { $0.remainderReportingOverflow(dividingBy: $1) },
            { $0.truncatingRemainder(dividingBy: $1) }
        ),
        "min": ExpressionFunction(ExpressionFunction.atLeast(1)) { call throws(ExpressionFailure) in
            try Self.extreme(call, <)
        },
        "max": ExpressionFunction(ExpressionFunction.atLeast(1)) { call throws(ExpressionFailure) in
            try Self.extreme(call, >)
        },
        "range": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            let (start, count) = (try call.integer(0), try call.integer(1))
            // Source: "Array functions for ARM templates": a count from 0 to 10,000.
            guard (0...10_000).contains(count), !start.addingReportingOverflow(count).overflow else {
                throw call.failure("expects its second parameter to be from 0 to 10000")
            }
            return .array((0..<count).map { .integer(start + $0) })
        },
    ]

    private static func arithmetic(
        _ whole: @escaping @Sendable (Int, Int) -> (partialValue: Int, overflow: Bool),
        _ fractional: @escaping @Sendable (Double, Double) -> Double
    ) -> ExpressionFunction {
        ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            guard let left = call[0].double else { throw call.unexpected(0, "integer") }
            guard let right = call[1].double else { throw call.unexpected(1, "integer") }
            if let first = call[0].integer, let second = call[1].integer {
                let result = whole(first, second)
                if result.overflow { throw call.failure("has a result that is not a number of 64 bits") }
                return .integer(result.partialValue)
            }
            guard call.dialect == .workflow else { throw call.unexpected(call[0].integer == nil ? 0 : 1, "integer") }
            let result = fractional(left, right)
            guard result.isFinite else { throw call.failure("has a result that is not a number") }
            return .number(String(result))
        }
    }

    private static func extreme(
        _ call: ExpressionArguments,
        _ isBetter: (Double, Double) -> Bool
    ) throws(ExpressionFailure) -> JSON {
        let values = call.count == 1 ? try call.array(0) : call.values
        guard var best = values.first else { throw call.failure("was given no numbers") }
        for (index, value) in values.enumerated() {
            guard let number = value.double, let champion = best.double else { throw call.unexpected(index, "integer") }
            if isBetter(number, champion) { best = value }
        }
        return best
    }
}
