package import FoundationEssentials

/// A blob's properties.
package struct BlobProperties: Sendable, Hashable {
    /// The blob's name.
    package var name: String
    /// The size in bytes.
    package var bytes: Int
    /// The version.
    package var etag: ETag
    /// When it was created, by the blob service's clock; nil where the service does not say.
    package var createdAt: Date?
    /// When it was last written.
    package var modifiedAt: Date?
    /// The MD5 of the content in base64, where the service holds one.
    package var contentMD5: String?
    /// Whether somebody holds the blob's lease; false where the service does not say.
    package var isLeased: Bool
    /// Until when an immutability policy of the blob itself forbids to delete it; nil where none is seen.
    package var immutableUntil: Date?
    /// Whether a legal hold on the blob itself forbids to delete it.
    package var hasLegalHold: Bool
    /// Whether the account keeps versions, so that deleting the blob leaves its bytes as an earlier version.
    package var isVersioned: Bool
    /// The access tier, such as `Hot` or `Archive`; nil where the service does not say.
    package var accessTier: String?

    /// Creates a value.
    package init(
        name: String,
        bytes: Int,
        etag: ETag,
        createdAt: Date?,
        modifiedAt: Date?,
        contentMD5: String?,
        isLeased: Bool = false,
        immutableUntil: Date? = nil,
        hasLegalHold: Bool = false,
        isVersioned: Bool = false,
        accessTier: String? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.etag = etag
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.contentMD5 = contentMD5
        self.isLeased = isLeased
        self.immutableUntil = immutableUntil
        self.hasLegalHold = hasLegalHold
        self.isVersioned = isVersioned
        self.accessTier = accessTier
    }

    /// When it was made, as far as the service tells: one that it does not say the creation of is as old as its last change.
    package var madeAt: Date? { self.createdAt ?? self.modifiedAt }

    /// Whether nobody can read it until it is brought back to another tier; it stays so while that goes on.
    ///
    /// Source: <https://learn.microsoft.com/azure/storage/blobs/archive-rehydrate-overview>
    package var isArchived: Bool { self.accessTier?.lowercased() == "archive" }
}
