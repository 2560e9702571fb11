/// A run of bytes that the content store keeps.
struct ContentPiece: Hashable, Codable, Sendable {
    var id: Int
    var length: Int
}
