import ArgumentParser

/// What a person names on the command line: an instance, a run, a backup, and never nothing.
enum GivenName {
    /// Takes a name as it was given.
    ///
    /// - Parameter text: What stands in the place of the name.
    /// - Returns: The same.
    /// - Throws: `ValidationError` where nothing but blanks stands there: a variable of a script that has no value.
    @Sendable
    static func read(_ text: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("A name has at least one character. Does a variable of the script have no value?")
        }
        return text
    }
}
