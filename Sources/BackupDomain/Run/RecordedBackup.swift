package import FoundationEssentials

/// A backup as a record names it.
package struct RecordedBackup: Sendable, Codable, Hashable {
    /// How long Azure restores a backup, from its creation.
    ///
    /// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>
    package static let restorableFor = Duration.seconds(30 * 24 * 3600)

    /// The storage account's name.
    package var account: String
    /// The container.
    package var container: String
    /// The blob's name.
    package var name: String
    /// The size in bytes; nil where the blob could not be looked at.
    package var bytes: Int?
    /// The blob's version; nil where it could not be looked at.
    package var etag: ETag?
    /// The MD5 of the content in base64, where the blob service holds one.
    package var contentMD5: String?
    /// When the blob was created, by the blob service's clock.
    package var createdAt: Date?
    /// When the blob was last written, by the blob service's clock; nil in older records.
    package var modifiedAt: Date?
    /// Until when Azure restores it; nil where the blob was not seen, so that nobody knows whether there is one.
    package var restorableUntil: Date?

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - account: The storage account's name.
    ///   - container: The container.
    ///   - name: The blob's name.
    ///   - properties: The blob as it was seen; nil where it could not be looked at.
    ///   - restorableFrom: From when the 30 days count where the blob service does not tell when it was created.
    package init(
        account: String,
        container: String,
        name: String,
        properties: BlobProperties?,
        restorableFrom: Date
    ) {
        self.account = account
        self.container = container
        self.name = name
        self.bytes = properties?.bytes
        self.etag = properties?.etag
        self.contentMD5 = properties?.contentMD5
        self.createdAt = properties?.createdAt
        self.modifiedAt = properties?.modifiedAt
        self.restorableUntil = properties.map { blob in
            (blob.madeAt ?? restorableFrom) + Self.restorableFor.timeInterval
        }
    }

    /// Whether two records name the same backup, whatever each has seen of it.
    ///
    /// - Parameter other: The other one.
    /// - Returns: Whether account, container and name are the same.
    package func isSame(as other: Self) -> Bool {
        self.account.lowercased() == other.account.lowercased() && self.container == other.container
            && self.name == other.name
    }

    private enum CodingKeys: String, CodingKey {
        case account, container, name, bytes, etag, createdAt, modifiedAt, restorableUntil
        case contentMD5 = "contentMd5"
    }
}
