package import FoundationEssentials

/// Something that is not as it should be with a backup: what was, and what is.
package struct VerificationFinding: Sendable, Codable, Hashable {
    /// What kind of thing.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// The blob is gone, and nothing of ours deleted it.
        case vanished
        /// The blob has fewer bytes than before.
        case shrunken
        /// The blob was written again: another ETag, size or MD5.
        case changed
        /// The blob holds nothing.
        case empty
    }

    /// What can be told of a blob at one time.
    package struct Sight: Sendable, Codable, Hashable {
        /// The size in bytes.
        package var bytes: Int?
        /// The version.
        package var etag: ETag?
        /// The MD5 of the content in base64, where the blob service holds one.
        package var contentMD5: String?

        /// Creates a value.
        package init(bytes: Int?, etag: ETag?, contentMD5: String?) {
            self.bytes = bytes
            self.etag = etag
            self.contentMD5 = contentMD5
        }

        /// Takes over what a blob is.
        ///
        /// - Parameter blob: The blob.
        init(_ blob: BlobProperties) {
            self.init(bytes: blob.bytes, etag: blob.etag, contentMD5: blob.contentMD5)
        }

        private enum CodingKeys: String, CodingKey {
            case bytes, etag
            case contentMD5 = "contentMd5"
        }
    }

    /// What kind of thing.
    package var kind: Kind
    /// The blob as it was recorded; nil where it was never seen.
    package var was: Sight?
    /// The blob as it is; nil where it is gone.
    package var now: Sight?
    /// When this was noticed first.
    package var noticedAt: Date

    /// Creates a value.
    package init(kind: Kind, was: Sight?, now: Sight?, noticedAt: Date) {
        self.kind = kind
        self.was = was
        self.now = now
        self.noticedAt = noticedAt
    }
}
