/// What a write says about a blob besides its content.
struct BlobDraft: Sendable {
    var headers = BlobContentHeaders()
    var metadata: [String: String] = [:]
    var tags: [String: String] = [:]
    var tier: String?
    var copy: BlobCopy?
}
