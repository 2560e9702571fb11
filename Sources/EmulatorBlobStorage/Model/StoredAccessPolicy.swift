/// A stored access policy, which shared access signatures may refer to by its id.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/define-stored-access-policy>
struct StoredAccessPolicy: Hashable, Codable, Sendable {
    var id: String
    var start: String?
    var expiry: String?
    var permissions: String?
}
