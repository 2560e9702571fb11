import EmulatorRuntime

extension FunctionLibrary {
    /// Functions on strings, arrays and objects alike.
    ///
    /// Source: "Array functions for ARM templates", "Reference guide to workflow expression functions".
    static let collections: [String: ExpressionFunction] = [
        "length": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            switch call[0] {
            case .string(let text): return .integer(text.count)
            case .array(let elements): return .integer(elements.count)
            case .object(let members) where call.dialect == .template: return .integer(members.count)
            default: throw call.unexpected(0, "array or string")
            }
        },
        "empty": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            switch call[0] {
            case .null: return true
            case .string(let text): return .bool(text.isEmpty)
            case .array(let elements): return .bool(elements.isEmpty)
            case .object(let members): return .bool(members.isEmpty)
            default: throw call.unexpected(0, "array, object or string")
            }
        },
        "contains": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            switch call[0] {
            case .string(let text):
                let part = call[1].display
                return .bool(part.isEmpty || text.contains(part))
            case .array(let elements): return .bool(elements.contains { $0.isSame(as: call[1]) })
            case .object: return .bool(call[0].member(try call.string(1)) != nil)
            default: throw call.unexpected(0, "array, object or string")
            }
        },
        "first": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            try Self.end(call, { $0.first }, { $0.first })
        },
        "last": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            try Self.end(call, { $0.last }, { $0.last })
        },
        "take": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            let count = max(0, try call.integer(1))
            if let text = call[0].string { return .string(String(text.prefix(count))) }
            guard let elements = call[0].array else { throw call.unexpected(0, "array or string") }
            return .array(Array(elements.prefix(count)))
        },
        "skip": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            let count = max(0, try call.integer(1))
            if let text = call[0].string, call.dialect == .template { return .string(String(text.dropFirst(count))) }
            guard let elements = call[0].array else { throw call.unexpected(0, "array") }
            return .array(Array(elements.dropFirst(count)))
        },
        "createarray": ExpressionFunction(ExpressionFunction.atLeast(0)) { call throws(ExpressionFailure) in
            .array(call.values)
        },
    ]

    private static func end(
        _ call: ExpressionArguments,
        _ ofText: (String) -> Character?,
        _ ofArray: ([JSON]) -> JSON?
    ) throws(ExpressionFailure) -> JSON {
        switch call[0] {
        case .string(let text): .string(ofText(text).map(String.init) ?? "")
        case .array(let elements): ofArray(elements) ?? .null
        default: throw call.unexpected(0, "array or string")
        }
    }
}
