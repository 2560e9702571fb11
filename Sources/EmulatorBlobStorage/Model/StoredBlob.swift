package import Foundation

/// A committed block blob.
package struct StoredBlob: Sendable, Codable {
    /// The name within its container.
    package let name: String
    /// Entity tag and time of the last write.
    package var revision: Revision
    /// When the blob was first written.
    package var createdAt: Date
    /// The content headers.
    package var headers: BlobContentHeaders
    /// The metadata, by names as they were sent.
    package var metadata: [String: String]
    /// The tags.
    var tags: [String: String] = [:]
    /// The access tier, where one was set; otherwise Hot is inferred.
    var tier: String?
    var tierChangedAt: Date?
    var lease = LeaseState.available
    /// The blocks in their order; a blob that was put whole has one without an id.
    var blocks: [StoredBlock]
    var copy: BlobCopy?
    /// The version's id, where the account keeps versions.
    package var versionID: String?
    /// What protects this version; nil where nothing of its own does.
    var protection: BlobProtection?
    /// That it is deleted and can be brought back; nil for one that is there.
    var deletion: SoftDeletion?

    init(name: String, revision: Revision, createdAt: Date, blocks: [StoredBlock]) {
        self.name = name
        self.revision = revision
        self.createdAt = createdAt
        self.headers = BlobContentHeaders()
        self.metadata = [:]
        self.blocks = blocks
    }

    /// Whether it lies in the tier Archive, from which its content is not read.
    package var isArchived: Bool { self.tier == "Archive" }

    /// The content's length in bytes.
    package var contentLength: Int { self.blocks.reduce(0) { $0 + $1.piece.length } }
}
