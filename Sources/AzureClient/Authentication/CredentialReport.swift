package import FoundationEssentials

/// What `credentials test` tells of a token: everything but the token.
package struct CredentialReport: Sendable, Hashable, Codable {
    /// Which credential it came from.
    package var credential: String
    /// What it is for.
    package var audience: String
    /// The tenant that gave it.
    package var tenantID: String?
    /// The caller's object id.
    package var objectID: String?
    /// The caller's application id.
    package var applicationID: String?
    /// Until when it is valid.
    package var expiresAt: Date

    private enum CodingKeys: String, CodingKey {
        case credential, audience, expiresAt
        case tenantID = "tenantId"
        case objectID = "objectId"
        case applicationID = "applicationId"
    }
}
