/// How long a blob service keeps the bytes of deleted blobs (soft delete).
package enum DeletedBlobRetention: Sendable, Hashable {
    /// Not at all.
    case nothing
    /// For so many days.
    case days(Int)
    /// It could not be read.
    case unknown
}
