/// What a request has shown of who sent it.
enum BlobAccess: Sendable {
    /// It was signed with one of the account's keys, and may do everything.
    case accountKey
    /// It carries a token of this principal, whose roles decide.
    case principal(BlobPrincipal)
    /// It carries a shared access signature.
    case signature(SharedAccessGrant)
    /// Nothing.
    case anonymous
}
