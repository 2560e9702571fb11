package import BackupDomain
package import FoundationEssentials

/// A notice as JSON: what the generic webhook posts and the command hook reads.
///
/// A contract that only grows; docs/notifications.md describes it.
package struct WebhookMessage: Sendable, Encodable {
    /// The newest format.
    package static let currentVersion = 1

    /// The format's version.
    var version = Self.currentVersion
    /// The notice's id: the same when it is sent again.
    var id: String
    /// What is told, such as `incident.opened`.
    var type: String
    /// When the notice was written.
    var timestamp: Date
    /// What it is about.
    var data: Content

    /// What a notice is about.
    struct Content: Sendable, Encodable {
        /// How grave it is.
        var severity: NoticeText.Severity
        /// One line.
        var title: String
        /// The whole notice in words.
        var text: String
        /// The incident.
        var incident: NoticedIncident?
        /// The instances that the notice names.
        var instances: [Notice.Line]?
        /// What the run of the first instance failed with.
        var error: BackupError?
        /// The morning's figures.
        var digest: DailyDigest?
    }

    /// Takes over a notice.
    ///
    /// - Parameter notice: The notice.
    package init(_ notice: Notice) {
        let text = NoticeText(notice)
        self.id = notice.id
        self.type = notice.incident == nil ? notice.event.rawValue : "incident.\(notice.event.rawValue)"
        self.timestamp = notice.at.wholeSeconds
        self.data = Content(
            severity: text.severity,
            title: text.title,
            text: text.plain,
            incident: notice.incident,
            instances: notice.incident == nil ? nil : notice.lines,
            error: notice.error.map { error in
                BackupError(
                    error.code,
                    Redaction.redact(error.message),
                    remedy: error.remedy,
                    azure: error.azure
                )
            },
            digest: notice.digest
        )
    }

    /// The message as bytes; the same for the same notice.
    ///
    /// - Returns: UTF-8 JSON.
    /// - Throws: `EncodingError`, for a number that JSON cannot hold; there is none.
    package func encoded() throws -> Data { try JSONEncoder.stable().encode(self) }
}
