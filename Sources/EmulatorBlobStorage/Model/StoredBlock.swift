/// One block of a blob, staged or committed.
struct StoredBlock: Hashable, Codable, Sendable {
    /// The id in base64, as it was sent; nil for content that was put whole.
    var id: String?
    var piece: ContentPiece
}
