import Foundation

/// A token as it is handed out.
struct IssuedToken: Sendable {
    /// The token itself.
    var text: String
    /// When it begins to be valid.
    var issuedAt: Date
    /// When it ceases to be valid.
    var expiresAt: Date
}
