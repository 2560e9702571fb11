package import FoundationEssentials

/// Something that is not as it should be with a backup: what was, and what is.
package struct VerificationFinding: Sendable, Hashable {
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
        /// The blob lies in the tier Archive, where Azure cannot read it.
        case archived
    }

    /// What can be told of a blob at one time.
    package struct Sight: Sendable, Codable, Hashable {
        /// The size in bytes.
        package var bytes: Int?
        /// The version.
        package var etag: ETag?
        /// The MD5 of the content in base64, where the blob service holds one.
        package var contentMD5: String?
        /// The access tier, where it is what is wrong with the blob; nil otherwise.
        package private(set) var accessTier: String?

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

        /// Takes over what a blob is that lies in the tier Archive.
        ///
        /// - Parameter blob: The blob.
        init(archived blob: BlobProperties) {
            self.init(blob)
            self.accessTier = blob.accessTier
        }

        private enum CodingKeys: String, CodingKey {
            case bytes, etag, accessTier
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

extension VerificationFinding: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, was, now, noticedAt
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(Kind.self, forKey: .kind)
        let now = try container.decodeIfPresent(Sight.self, forKey: .now)
        self.init(
            kind: kind == .changed && now?.accessTier != nil ? .archived : kind,
            was: try container.decodeIfPresent(Sight.self, forKey: .was),
            now: now,
            noticedAt: try container.decode(Date.self, forKey: .noticedAt)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        // Releases that do not know of the tier could not read the whole document: they read that the blob has changed.
        try container.encode(self.kind == .archived ? Kind.changed : self.kind, forKey: .kind)
        try container.encodeIfPresent(self.was, forKey: .was)
        try container.encodeIfPresent(self.now, forKey: .now)
        try container.encode(self.noticedAt, forKey: .noticedAt)
    }
}
