import Foundation

/// A `$filter` over role definitions or assignments: equalities, `atScope()` and `assignedTo('ID')`, joined by `and`.
struct EqualityFilter: Sendable, Equatable {
    private(set) var isAtScope = false
    private var values: [String: String] = [:]

    init(_ text: String?) throws(ManagementError) {
        for term in (text ?? "").split(separator: /\s+and\s+/.ignoresCase()) {
            let term = term.trimmingCharacters(in: .whitespaces)
            if term.lowercased() == "atscope()" {
                self.isAtScope = true
            } else if let match = term.wholeMatch(of: /(\w+)\s+eq\s+'((?:[^']|'')*)'/.ignoresCase()) {
                self.values[match.1.lowercased()] = String(match.2).replacing("''", with: "'")
            } else if let match = term.wholeMatch(of: /assignedTo\('([^']*)'\)/.ignoresCase()) {
                self.values["assignedto"] = String(match.1)
            } else {
                throw .invalidFilter(text ?? "")
            }
        }
    }

    func value(of name: String) -> String? { self.values[name.lowercased()] }
}
