package import BackupDomain
package import FoundationEssentials

/// What a person who is to help needs to know of an instance's runs, without anything secret or personal in it.
///
/// One JSON document, so that whoever sends it can read first what leaves the house. ``version`` grows with the format.
package struct SupportBundle: Sendable, Codable {
    /// The newest format.
    package static let currentVersion = 1

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// When it was collected, by this machine's clock.
    package private(set) var collectedAt: Date
    /// The program and its version.
    package private(set) var program: String
    /// The operating system.
    package private(set) var system: String
    /// The variables that the program heeds: those without a secret with their values, the others as `<set>`.
    package private(set) var environment: [String: String]
    /// The settings in force.
    package private(set) var settings: JSONValue?
    /// Who the caller is to Azure; or why it has no token.
    package private(set) var credential: JSONValue
    /// The instance as Azure describes it now; or why it could not be read.
    package private(set) var instance: JSONValue
    /// Why the catalog could not be read; nil where it could.
    package private(set) var catalogProblem: JSONValue?
    /// The instance's summary.
    package private(set) var summary: JSONValue?
    /// The records, newest first, as they are stored.
    package private(set) var records: [JSONValue]
    /// The blobs that the records name, as they are now; or why they could not be looked at.
    package private(set) var blobs: [JSONValue]

    /// Puts a bundle together; everything is redacted on its way in.
    ///
    /// - Parameters:
    ///   - collectedAt: The present instant.
    ///   - program: The program and its version.
    ///   - system: The operating system.
    ///   - environment: The variables that may be shown.
    ///   - settings: The settings in force.
    ///   - credential: Who the caller is.
    ///   - instance: The instance now.
    ///   - catalogProblem: Why the catalog could not be read.
    ///   - summary: The instance's summary.
    ///   - records: The records.
    ///   - blobs: The blobs.
    package init(
        collectedAt: Date,
        program: String,
        system: String,
        environment: [String: String],
        settings: JSONValue?,
        credential: JSONValue,
        instance: JSONValue,
        catalogProblem: JSONValue? = nil,
        summary: JSONValue?,
        records: [JSONValue],
        blobs: [JSONValue]
    ) {
        self.collectedAt = collectedAt
        self.program = program
        self.system = system
        self.environment = environment.mapValues { Redaction.redact($0, for: .outsiders) }
        self.settings = settings.map { Redaction.redact($0, for: .outsiders) }
        self.credential = Redaction.redact(credential, for: .outsiders)
        self.instance = Redaction.redact(instance, for: .outsiders)
        self.catalogProblem = catalogProblem.map { Redaction.redact($0, for: .outsiders) }
        self.summary = summary.map { Redaction.redact($0, for: .outsiders) }
        self.records = records.map { Redaction.redact($0, for: .outsiders) }
        self.blobs = blobs.map { Redaction.redact($0, for: .outsiders) }
    }
}
