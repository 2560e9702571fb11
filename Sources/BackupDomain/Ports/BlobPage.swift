/// One page of a listing.
package struct BlobPage: Sendable, Hashable {
    /// The blobs.
    package var blobs: [BlobProperties]
    /// The folded names, where a delimiter was given.
    package var prefixes: [String]
    /// Where the next page begins; nil at the end.
    package var nextMarker: String?

    /// Creates a page.
    package init(blobs: [BlobProperties], prefixes: [String] = [], nextMarker: String? = nil) {
        self.blobs = blobs
        self.prefixes = prefixes
        self.nextMarker = nextMarker
    }
}
