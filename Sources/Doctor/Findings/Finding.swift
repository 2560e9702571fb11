/// What one check came to: what is so, and what mends it where it should not be.
package struct Finding: Sendable, Hashable {
    /// How it stands.
    package enum Verdict: String, Sendable, Codable, CaseIterable {
        /// As it should be.
        case ok
        /// Backups work, and something is worth a person's while.
        case warning
        /// Backups fail, or will be lost.
        case fault
        /// It could not be looked at.
        case notChecked
    }

    /// The check's name, in kebab case; stays the same from release to release.
    package var check: String
    /// How it stands.
    package var verdict: Verdict
    /// What is so, or why it could not be looked at, in one sentence.
    package var text: String
    /// What mends it: a command, or a sentence where no command can; nil where nothing needs mending.
    package var remedy: String?
    /// What `--fix` does about it; nil where that is not safe, or not possible.
    package var fix: Fix?

    /// Creates a value.
    package init(check: String, verdict: Verdict, text: String, remedy: String? = nil, fix: Fix? = nil) {
        self.check = check
        self.verdict = verdict
        self.text = text
        self.remedy = remedy
        self.fix = fix
    }
}
