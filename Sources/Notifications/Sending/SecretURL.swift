package import AzureClient
package import BackupDomain
import FoundationEssentials

/// A URL whose path or query is a secret, as those of incoming webhooks are: shown by its origin only.
package struct SecretURL: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    private let url: URL
    /// Where it leads.
    package let origin: Origin

    /// Reads a URL.
    ///
    /// - Parameters:
    ///   - text: The URL; blanks and line ends around it do not count.
    ///   - purpose: What it is for, in the message.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which never quotes the text.
    package init(_ text: String, for purpose: String) throws(BackupError) {
        let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        guard trimmed.count <= 4096, let url = URL(string: String(trimmed)), let origin = Origin(url) else {
            throw BackupError(
                .invalidInput,
                "The URL of \(purpose) is no absolute https URL.",
                remedy: "Let it begin with https://; the text is not shown here, since it may hold a secret."
            )
        }
        try origin.requireConfidential("The URL of \(purpose)")
        self.url = url
        self.origin = origin
    }

    package var description: String { "\(self.origin)/***" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Hands out the URL, for the one place that calls it.
    ///
    /// - Returns: The URL.
    func reveal() -> URL { self.url }

    /// The parts of the URL that must not be seen in what is written about it: what follows the origin, in pieces.
    var secrets: [String] {
        let query = self.url.query(percentEncoded: true)?.split(separator: "&").compactMap { pair in
            pair.split(separator: "=", maxSplits: 1).last.map(String.init)
        }
        let path = self.url.path(percentEncoded: true).split(separator: "/").map(String.init)
        return (path + (query ?? [])).filter { $0.count >= 8 }
    }
}
