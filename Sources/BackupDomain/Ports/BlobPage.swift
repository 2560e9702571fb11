package import FoundationEssentials

/// One page of a listing.
package struct BlobPage: Sendable, Hashable {
    /// The blobs.
    package var blobs: [BlobProperties]
    /// The folded names, where a delimiter was given.
    package var prefixes: [String]
    /// Where the next page begins; nil at the end.
    package var nextMarker: String?
    /// The present by the blob service's own clock; nil where it did not say.
    package var date: Date?

    /// Creates a page.
    package init(blobs: [BlobProperties], prefixes: [String] = [], nextMarker: String? = nil, date: Date? = nil) {
        self.blobs = blobs
        self.prefixes = prefixes
        self.nextMarker = nextMarker
        self.date = date
    }
}
