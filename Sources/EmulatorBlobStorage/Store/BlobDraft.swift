/// What a write says about a blob besides its content.
struct BlobDraft: Sendable {
    var headers = BlobContentHeaders()
    var metadata: [String: String] = [:]
    var tags: [String: String] = [:]
    var tier: String?
    var copy: BlobCopy?
    /// What is to protect the version; nil leaves it to the container.
    var protection: BlobProtection?
}
