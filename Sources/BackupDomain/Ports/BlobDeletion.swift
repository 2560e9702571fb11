/// What became of a blob that was deleted.
package enum BlobDeletion: Sendable, Hashable {
    /// The bytes are gone for good.
    case permanent
    /// The service keeps the bytes for some time, or as an earlier version.
    case recoverable
    /// The service does not say.
    case unknown

    /// Whether the bytes are gone for good; nil where the service does not say.
    package var isPermanent: Bool? {
        switch self {
        case .permanent: true
        case .recoverable: false
        case .unknown: nil
        }
    }
}
