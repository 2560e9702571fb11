import EmulatorRuntime
import Foundation

extension FunctionLibrary {
    /// Functions that make a value of another type.
    static let conversions: [String: ExpressionFunction] = [
        "string": ExpressionFunction(1...1) { call throws(ExpressionFailure) in .string(call[0].display) },
        "int": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            if let text = call[0].string {
                guard let value = Int(text.trimmingCharacters(in: .whitespaces)) else {
                    throw call.failure("was given '\(text)', which is not a whole number")
                }
                return .integer(value)
            }
            guard let value = call[0].double, let whole = Int(exactly: value.rounded(.towardZero)) else {
                throw call.unexpected(0, "integer or string")
            }
            return call[0].integer.map { .integer($0) } ?? .integer(whole)
        },
        "float": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            guard let value = call[0].double ?? call[0].string.flatMap(Double.init), value.isFinite else {
                throw call.failure("was given '\(call[0].display)', which is not a number")
            }
            return .number(String(value))
        },
        "bool": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            switch call[0] {
            case .bool: return call[0]
            case .number: return .bool(call[0].double != 0)
            case .string(let text) where ["true", "1"].contains(text.lowercased()): return true
            case .string(let text) where ["false", "0"].contains(text.lowercased()): return false
            default: throw call.failure("was given '\(call[0].display)', which is not a truth value")
            }
        },
        "json": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            var text = call[0].content
            if text == nil { text = Data(try call.string(0).utf8) }
            do {
                return try JSONParser.parse(text ?? Data()).value
            } catch {
                throw call.failure("was given a text that is not JSON: \(error)")
            }
        },
        "array": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            call[0].array == nil ? .array([call[0]]) : call[0]
        },
    ]
}
