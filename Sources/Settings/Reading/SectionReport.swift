/// What a section says of values that contradict each other.
package struct SectionReport: Sendable {
    private let path: SettingPath
    private let origins: SettingOrigins
    private(set) var problems: [SettingsProblem] = []

    /// Begins a report.
    ///
    /// - Parameters:
    ///   - path: Where the section stands.
    ///   - origins: Where values come from.
    init(path: SettingPath, origins: SettingOrigins) {
        self.path = path
        self.origins = origins
    }

    /// Notes a problem.
    ///
    /// - Parameters:
    ///   - key: The key of the section that it is about.
    ///   - what: What is wrong, as a clause without an end.
    ///   - fix: What to do: a sentence.
    ///   - severity: How grave it is; an error by default.
    package mutating func note(
        _ key: String,
        _ what: String,
        fix: String,
        severity: SettingsProblem.Severity = .error
    ) {
        let path = self.path.appending(key)
        // What many instances inherit is one problem, at the place where it is said.
        let isInherited = !self.origins.isOwn(path) && self.origins.origin(of: path) != .standard
        let field = isInherited ? path.inherited ?? path : path
        self.problems.append(
            SettingsProblem(severity, at: self.origins.nearest(to: path), field: field.text, what: what, fix: fix)
        )
    }
}
