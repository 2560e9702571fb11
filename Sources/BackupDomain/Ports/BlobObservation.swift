package import FoundationEssentials

/// What a look at a blob showed.
package enum BlobObservation: Sendable, Hashable {
    /// It is there.
    case present(BlobProperties)
    /// It is not there, by the blob service's own clock at `date`.
    case absent(date: Date?)
}
