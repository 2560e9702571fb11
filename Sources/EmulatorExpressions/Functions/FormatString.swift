import EmulatorRuntime
import Foundation

/// A text with places such as `{0}`, `{1,8}` and `{2:N0}`, as .NET fills them in the invariant culture.
///
/// Source: "Composite formatting" and "Standard numeric format strings" of .NET: `D`, `F`, `G`, `N` and `X` for numbers, and
/// zeros as a picture. What else .NET knows is refused.
struct FormatString {
    private let text: String

    init(_ text: String) { self.text = text }

    func filled(with values: [JSON], in call: ExpressionArguments) throws(ExpressionFailure) -> String {
        var result = ""
        var rest = self.text[...]
        while let next = rest.first {
            if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
                result.append(next)
                rest = rest.dropFirst(2)
            } else if next == "{" {
                guard let place = rest.prefixMatch(of: /\{(\d{1,6})(?:,(-?\d{1,4}))?(?::([^{}]*))?\}/),
                    let index = Int(place.1)
                else { throw call.failure("was given a format that is not valid: '\(self.text)'") }
                guard index < values.count else {
                    throw call.failure("has a place '{\(index)}' and only \(values.count) values for its places")
                }
                let filled = try self.text(of: values[index], format: place.3.map(String.init) ?? "", in: call)
                result += Self.aligned(filled, place.2.flatMap { Int($0) } ?? 0)
                rest = rest[place.range.upperBound...]
            } else if next == "}" {
                throw call.failure("was given a format that is not valid: '\(self.text)'")
            } else {
                result.append(next)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    private static func aligned(_ text: String, _ width: Int) -> String {
        let fill = String(repeating: " ", count: max(0, abs(width) - text.count))
        return width < 0 ? text + fill : fill + text
    }

    private func text(of value: JSON, format: String, in call: ExpressionArguments) throws(ExpressionFailure) -> String
    {
        guard let number = value.double, !format.isEmpty else { return value.display }
        guard let text = Self.number(number, whole: value.integer, format: format) else {
            throw call.failure("was given a number's format that the emulator does not know: '\(format)'")
        }
        return text
    }

    /// A number by one of .NET's standard formats, or a picture of zeros; nil for any other.
    static func number(_ value: Double, whole: Int?, format: String) -> String? {
        if let picture = format.wholeMatch(of: /(0+)(?:\.(0+))?/) {
            let digits = Self.fixed(abs(value), digits: picture.2?.count ?? 0)
            let width = picture.1.count + (picture.2.map { $0.count + 1 } ?? 0)
            return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        guard let match = format.wholeMatch(of: /([A-Za-z])(\d{0,2})/) else { return nil }
        let precision = Int(match.2)
        switch match.1.lowercased() {
        case "d":
            guard let whole else { return nil }
            let digits = String(whole.magnitude)
            return (whole < 0 ? "-" : "") + String(repeating: "0", count: max(0, (precision ?? 0) - digits.count))
                + digits
        case "x":
            guard let whole else { return nil }
            let digits = String(UInt(bitPattern: whole), radix: 16, uppercase: match.1 == "X")
            return String(repeating: "0", count: max(0, (precision ?? 0) - digits.count)) + digits
        case "f": return Self.fixed(value, digits: precision ?? 2)
        case "n": return Self.grouped(Self.fixed(value, digits: precision ?? 2))
        case "g" where precision == nil: return whole.map(String.init) ?? String(value)
        default: return nil
        }
    }

    private static func fixed(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)f", value) }

    private static func grouped(_ text: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        let parts = text.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
        var whole = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index) % 3 == 0 { whole += "," }
            whole.append(digit)
        }
        return sign + whole + parts.dropFirst().map { "." + $0 }.joined()
    }
}
