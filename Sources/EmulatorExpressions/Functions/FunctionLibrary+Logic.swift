import EmulatorRuntime

extension FunctionLibrary {
    /// Comparisons, and the logical functions of a language that evaluates all their arguments.
    ///
    /// Source: "Logical functions for ARM templates"; strings are compared by their characters' numbers, with regard to case.
    static let logic: [String: ExpressionFunction] = [
        "equals": ExpressionFunction(2...2) { call throws(ExpressionFailure) in .bool(call[0].isSame(as: call[1])) },
        "not": ExpressionFunction(1...1) { call throws(ExpressionFailure) in .bool(try !call.bool(0)) },
        "less": ExpressionFunction(2...2) { call throws(ExpressionFailure) in .bool(try Self.order(call) < 0) },
        "lessorequals": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            .bool(try Self.order(call) <= 0)
        },
        "greater": ExpressionFunction(2...2) { call throws(ExpressionFailure) in .bool(try Self.order(call) > 0) },
        "greaterorequals": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            .bool(try Self.order(call) >= 0)
        },
        "if": ExpressionFunction(3...3) { call throws(ExpressionFailure) in try call.bool(0) ? call[1] : call[2] },
        "and": ExpressionFunction(ExpressionFunction.atLeast(2)) { call throws(ExpressionFailure) in
            var isTrue = true
            for index in 0..<call.count where try !call.bool(index) { isTrue = false }
            return .bool(isTrue)
        },
        "or": ExpressionFunction(ExpressionFunction.atLeast(2)) { call throws(ExpressionFailure) in
            var isTrue = false
            for index in 0..<call.count where try call.bool(index) { isTrue = true }
            return .bool(isTrue)
        },
        "coalesce": ExpressionFunction(ExpressionFunction.atLeast(1)) { call throws(ExpressionFailure) in
            call.values.first { !$0.isNull } ?? .null
        },
        "true": ExpressionFunction(0...0) { _ throws(ExpressionFailure) in true },
        "false": ExpressionFunction(0...0) { _ throws(ExpressionFailure) in false },
        "null": ExpressionFunction(0...0) { _ throws(ExpressionFailure) in nil },
    ]

    private static func order(_ call: ExpressionArguments) throws(ExpressionFailure) -> Int {
        if let left = call[0].double {
            guard let right = call[1].double else { throw call.unexpected(1, "integer") }
            return left < right ? -1 : left > right ? 1 : 0
        }
        let left = try call.string(0)
        let right = try call.string(1)
        return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars) ? -1 : left == right ? 0 : 1
    }
}
