import Foundation

/// That a blob was deleted, and how long it can be brought back.
///
/// Source: <https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview>
struct SoftDeletion: Hashable, Codable, Sendable {
    var at: Date
    var expiresAt: Date
}
