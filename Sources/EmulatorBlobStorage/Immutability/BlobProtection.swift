import Foundation

/// What makes one version of a blob immutable: a time-based policy, a legal hold, or both.
///
/// Source: <https://learn.microsoft.com/azure/storage/blobs/immutable-version-level-worm-policies>
struct BlobProtection: Hashable, Codable, Sendable {
    /// Until when the policy holds; nil where there is none.
    var until: Date?
    /// Whether the policy can only be extended.
    var isLocked = false
    /// Whether a legal hold is on the version.
    var hasLegalHold = false
}
