/// What one check of the doctor came to at one checkup.
package struct CheckObservation: Sendable, Hashable {
    /// The check's name.
    package var check: String
    /// How it stands.
    package var verdict: CheckVerdict
    /// What is so, or why it could not be looked at, in one sentence.
    package var text: String
    /// What mends it; nil where nothing needs mending.
    package var remedy: String?
    /// Whether people are told of a warning where all was well before; of a fault they always are.
    package var tellsWarnings: Bool

    /// Creates a value.
    package init(
        check: String,
        verdict: CheckVerdict,
        text: String,
        remedy: String? = nil,
        tellsWarnings: Bool = false
    ) {
        self.check = check
        self.verdict = verdict
        self.text = text
        self.remedy = remedy
        self.tellsWarnings = tellsWarnings
    }
}
