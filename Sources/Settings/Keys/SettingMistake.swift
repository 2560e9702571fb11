/// Why a text is no value of its type.
package struct SettingMistake: Error, Sendable, Hashable {
    /// What is wrong, as a clause without an end, such as `'0' is out of range`.
    package var what: String
    /// What to do, where there is more to say than the type's example does; a sentence.
    package var fix: String?

    /// Creates a mistake.
    package init(_ what: String, fix: String? = nil) {
        self.what = what
        self.fix = fix
    }
}
