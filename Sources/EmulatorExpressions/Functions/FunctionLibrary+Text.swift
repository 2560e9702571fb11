import EmulatorRuntime
import Foundation

extension FunctionLibrary {
    /// Functions on strings.
    ///
    /// Source: "String functions for ARM templates", "Reference guide to workflow expression functions": what looks for a string
    /// within another does so without regard to case, but for `contains` and `replace`.
    static let text: [String: ExpressionFunction] = [
        "concat": ExpressionFunction(ExpressionFunction.atLeast(1)) { call throws(ExpressionFailure) in
            if call.dialect == .template, call[0].array != nil {
                var elements: [JSON] = []
                for index in 0..<call.count { elements += try call.array(index) }
                return .array(elements)
            }
            return .string(call.values.map(\.display).joined())
        },
        "tolower": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(try call.string(0).lowercased())
        },
        "toupper": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(try call.string(0).uppercased())
        },
        "trim": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(try call.string(0).trimmingCharacters(in: .whitespacesAndNewlines))
        },
        "replace": ExpressionFunction(3...3) { call throws(ExpressionFailure) in
            let (text, old, new) = (try call.string(0), try call.string(1), try call.string(2))
            guard !old.isEmpty else { throw call.failure("expects its second parameter not to be empty") }
            return .string(text.replacing(old, with: new))
        },
        "split": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            let text = try call.string(0)
            let delimiters: [String] =
                if let several = call[1].array { several.compactMap(\.string) } else { [try call.string(1)] }
            return .array(Self.split(text, by: delimiters.filter { !$0.isEmpty }).map(JSON.string))
        },
        "join": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            .string(try call.array(0).map(\.display).joined(separator: try call.string(1)))
        },
        "substring": ExpressionFunction(2...3) { call throws(ExpressionFailure) in
            let characters = Array(try call.string(0))
            let start = try call.integer(1)
            let length = call.has(2) ? try call.integer(2) : characters.count - start
            guard start >= 0, length >= 0, start <= characters.count, length <= characters.count - start else {
                throw call.failure(
                    "parameters are out of range: start '\(start)' and length '\(length)' must lie within the string, "
                        + "whose length is '\(characters.count)'"
                )
            }
            return .string(String(characters[start..<start + length]))
        },
        "startswith": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            .bool(try call.string(0).lowercased().hasPrefix(try call.string(1).lowercased()))
        },
        "endswith": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            .bool(try call.string(0).lowercased().hasSuffix(try call.string(1).lowercased()))
        },
        "indexof": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            .integer(try Self.position(in: call, options: .caseInsensitive))
        },
        "lastindexof": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            .integer(try Self.position(in: call, options: [.caseInsensitive, .backwards]))
        },
        "padleft": ExpressionFunction(2...3) { call throws(ExpressionFailure) in
            let text = call[0].display
            let (width, fill) = (try call.integer(1), call.has(2) ? try call.string(2) : " ")
            guard fill.count == 1, (0...131_072).contains(width) else {
                throw call.failure("expects a length up to 131072 and one character to fill with")
            }
            return .string(String(repeating: fill, count: max(0, width - text.count)) + text)
        },
        "format": ExpressionFunction(ExpressionFunction.atLeast(1)) { call throws(ExpressionFailure) in
            .string(try FormatString(call.string(0)).filled(with: Array(call.values.dropFirst()), in: call))
        },
    ]

    private static func split(_ text: String, by delimiters: [String]) -> [String] {
        guard !delimiters.isEmpty else { return [text] }
        var parts: [String] = []
        var rest = text[...]
        while let next = delimiters.compactMap({ rest.range(of: $0) }).min(by: { $0.lowerBound < $1.lowerBound }) {
            parts.append(String(rest[..<next.lowerBound]))
            rest = rest[next.upperBound...]
        }
        return parts + [String(rest)]
    }

    private static func position(
        in call: ExpressionArguments,
        options: String.CompareOptions
    ) throws(ExpressionFailure) -> Int {
        let (text, part) = (try call.string(0), try call.string(1))
        if part.isEmpty { return options.contains(.backwards) ? max(0, text.count - 1) : 0 }
        guard let range = text.range(of: part, options: options) else { return -1 }
        return text.distance(from: text.startIndex, to: range.lowerBound)
    }
}
