import EmulatorRuntime
import Foundation

/// A `$filter` over runs, actions or trigger histories: comparisons joined by `and`.
///
/// Source: "Workflow Runs - List", parameter `$filter`: by status, start time and others.
struct HistoryFilter: Sendable {
    private struct Term {
        let name: String
        let comparison: String
        let value: String
    }

    private let terms: [Term]

    init(_ text: String?) throws(ManagementError) {
        var terms: [Term] = []
        for term in (text ?? "").split(separator: /\s+and\s+/.ignoresCase()) {
            let pattern = /\s*([\w\/]+)\s+(eq|ne|gt|ge|lt|le)\s+(?:'((?:[^']|'')*)'|([\w:.+\-]+))\s*/.ignoresCase()
            guard let match = term.wholeMatch(of: pattern) else { throw .invalidFilter(text ?? "") }
            terms.append(
                Term(
                    name: String(match.1).lowercased(),
                    comparison: String(match.2).lowercased(),
                    value: (match.3.map { String($0).replacing("''", with: "'") }) ?? String(match.4 ?? "")
                )
            )
        }
        self.terms = terms
    }

    /// Whether an item whose `properties` these are is wanted; a property that it lacks is like an empty one.
    func matches(_ properties: JSON) -> Bool {
        self.terms.allSatisfy { term in
            let path = term.name.split(separator: "/")
            let found = path.reduce(properties as JSON?) { $0?.member(String($1)) }?.string ?? ""
            let order = Self.order(found, term.value)
            return switch term.comparison {
            case "eq": order == .orderedSame
            case "ne": order != .orderedSame
            case "gt": order == .orderedDescending
            case "ge": order != .orderedAscending
            case "lt": order == .orderedAscending
            default: order != .orderedDescending
            }
        }
    }

    private static func order(_ left: String, _ right: String) -> ComparisonResult {
        if let first = Instant.date(left), let second = Instant.date(right) {
            return first < second ? .orderedAscending : first == second ? .orderedSame : .orderedDescending
        }
        return left.caseInsensitiveCompare(right)
    }
}
