import Foundation

/// How a blob came about by a copy.
struct BlobCopy: Hashable, Codable, Sendable {
    var id: String
    var source: String
    var length: Int
    var completedAt: Date
}
