package import BackupDomain

/// What one check came to: what is so, and what mends it where it should not be.
package struct Finding: Sendable, Hashable {
    /// How it stands.
    package typealias Verdict = CheckVerdict

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
    /// Whether it may pass by itself: Azure could not be asked.
    package var mayPass: Bool

    /// Creates a value.
    package init(
        check: String,
        verdict: Verdict,
        text: String,
        remedy: String? = nil,
        fix: Fix? = nil,
        mayPass: Bool = false
    ) {
        self.check = check
        self.verdict = verdict
        self.text = text
        self.remedy = remedy
        self.fix = fix
        self.mayPass = mayPass
    }
}
