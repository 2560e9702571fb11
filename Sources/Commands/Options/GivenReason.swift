import ArgumentParser

/// Why a person does something: kept in the catalog, and never nothing.
enum GivenReason {
    /// The most bytes that it may have.
    private static let most = 500

    /// Takes a reason as it was given.
    ///
    /// - Parameter text: What stands in the place of the reason.
    /// - Returns: The same.
    /// - Throws: `ValidationError` where nothing but blanks stands there, or more than a sentence or two.
    @Sendable
    static func read(_ text: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("A reason has at least one character. Does a variable of the script have no value?")
        }
        guard text.utf8.count <= Self.most else {
            throw ValidationError("A reason has at most \(Self.most) bytes in UTF-8; this one has \(text.utf8.count).")
        }
        return text
    }
}
