/// What a shared access signature that was found good allows.
struct SharedAccessGrant: Sendable {
    /// What it was made for.
    enum Scope: Sendable {
        /// The account's resource types, by their letters.
        case account(resourceTypes: String)
        /// One container and its blobs.
        case container
        /// One blob.
        case blob
    }

    var scope: Scope
    var permissions: String
    /// Who made it with a key of their own; their roles bound what it allows.
    var delegator: BlobPrincipal?
    /// Content headers that it dictates for answers.
    var overrides: [(header: String, value: String)] = []
}
