/// Who did something that a document of the catalog tells of, as far as the credential in use says.
package struct RecordedPrincipal: Sendable, Codable, Hashable {
    /// Which credential it was, such as `managed-identity`.
    package var credential: String
    /// The tenant.
    package var tenantID: String?
    /// The object id: what role assignments name the caller by.
    package var objectID: String?
    /// The application's id.
    package var applicationID: String?

    /// Creates a value.
    package init(credential: String, tenantID: String? = nil, objectID: String? = nil, applicationID: String? = nil) {
        self.credential = credential
        self.tenantID = tenantID
        self.objectID = objectID
        self.applicationID = applicationID
    }

    private enum CodingKeys: String, CodingKey {
        case credential
        case tenantID = "tenantId"
        case objectID = "objectId"
        case applicationID = "applicationId"
    }
}

extension RecordedPrincipal: CustomStringConvertible {
    /// The object id or the application, whichever is known; otherwise the credential.
    package var description: String {
        self.objectID ?? self.applicationID.map { "application \($0)" } ?? "somebody (\(self.credential))"
    }
}
