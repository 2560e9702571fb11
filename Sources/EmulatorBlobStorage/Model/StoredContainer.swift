/// A container's own properties.
package struct StoredContainer: Sendable, Codable {
    /// The name.
    package let name: String
    /// Entity tag and time of the last change of properties or metadata.
    package var revision: Revision
    /// The metadata, by names as they were sent.
    package var metadata: [String: String] = [:]
    /// What anyone may read: `blob`, `container`, or nil for nothing.
    package var publicAccess: String?
    var policies: [StoredAccessPolicy] = []
    var lease = LeaseState.available
    /// What it forbids to do with its blobs; nil for nothing.
    package var immutability: ContainerImmutability?

    init(name: String, revision: Revision) {
        self.name = name
        self.revision = revision
    }
}
