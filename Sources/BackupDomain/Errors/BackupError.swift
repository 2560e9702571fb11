/// Something that did not work, with all that is needed to understand and mend it without trying again.
///
/// Two errors are equal when their codes are. Never holds a secret.
package struct BackupError: Error, Sendable {
    /// What kind of failure this is; decides the outcome and the exit code.
    package var code: Code
    /// One or two sentences: what happened, to which resource.
    package var message: String
    /// What to do about it, where we know: a command or a sentence.
    package var remedy: String?
    /// What Azure answered, where it answered.
    package var azure: AzureFault?

    /// Creates an error.
    package init(_ code: Code, _ message: String, remedy: String? = nil, azure: AzureFault? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.azure = azure
    }
}

extension BackupError: Equatable {
    package static func == (lhs: Self, rhs: Self) -> Bool { lhs.code == rhs.code }
}

extension BackupError: Codable {}

extension BackupError: CustomStringConvertible {
    /// The message, Azure's answer and the remedy, in that order, separated by blanks.
    package var description: String {
        var parts = [self.message]
        if let azure = self.azure {
            parts.append("Azure answered \(azure)")
        }
        if let remedy = self.remedy { parts.append(remedy) }
        return parts.joined(separator: " ")
    }
}
