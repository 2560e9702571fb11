/// Something that is wrong with the settings: where, which field, which rule, and what to do.
package struct SettingsProblem: Error, Sendable, Hashable {
    /// How grave it is.
    package enum Severity: String, Sendable, Codable {
        /// The settings cannot be used.
        case error
        /// The settings can be used, but perhaps not as somebody meant.
        case warning
    }

    /// How grave it is.
    package var severity: Severity
    /// Where it is.
    package var origin: SettingOrigin
    /// Which setting it is about; empty where it is about a whole file or an unknown variable.
    package var field: String
    /// What is wrong, as a clause without an end.
    package var what: String
    /// What a value must be, as the end of "it takes …"; nil where that is not the question.
    package var rule: String?
    /// What to do: a sentence.
    package var fix: String

    /// Creates a problem; an error by default.
    package init(
        _ severity: Severity = .error,
        at origin: SettingOrigin,
        field: String,
        what: String,
        rule: String? = nil,
        fix: String
    ) {
        self.severity = severity
        self.origin = origin
        self.field = field
        self.what = what
        self.rule = rule
        self.fix = fix
    }
}

extension SettingsProblem: CustomStringConvertible {
    /// The problem on two lines, the first of which begins as compilers' messages do: `file:line:column: error: `.
    package var description: String { "\(self.place): \(self.severity.rawValue): \(self.clause).\n    \(self.fix)" }

    /// The problem without what to do: a sentence that begins with the place.
    package var sentence: String { "\(self.place): \(self.clause)." }

    private var place: String {
        switch self.origin {
        case .file(let path, let line, let column): "\(path):\(line):\(column)"
        case .standard: "settings"
        case .variable, .flag: "\(self.origin)"
        }
    }

    private var clause: String {
        // A variable or a flag says itself which setting it is for.
        let isNamed =
            switch self.origin {
            case .variable, .flag: true
            case .file, .standard: self.field.isEmpty
            }
        return (isNamed ? "" : "\(self.field): ") + self.what + (self.rule.map { "; it takes \($0)" } ?? "")
    }

    /// Sorts as a person reads: the file from top to bottom, then variables, then flags.
    ///
    /// - Parameters:
    ///   - first: A problem.
    ///   - second: Another one.
    /// - Returns: Whether the first is read first.
    package static func precedes(_ first: Self, _ second: Self) -> Bool {
        func rank(_ problem: Self) -> (Int, Int, Int) {
            switch problem.origin {
            case .file(_, let line, let column): (0, line, column)
            case .standard: (1, 0, 0)
            case .variable: (2, 0, 0)
            case .flag: (3, 0, 0)
            }
        }
        let (left, right) = (rank(first), rank(second))
        return left == right ? (first.field, first.what) < (second.field, second.what) : left < right
    }
}
