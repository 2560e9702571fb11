import EmulatorBlobStorage

/// A blob container that exists at the first start.
struct EmulatedContainer: Sendable, Equatable, Codable, WorldElement, ExpressibleByStringLiteral {
    /// The container's name.
    var name: String
    /// What it forbids to do with its blobs.
    var immutability = ContainerImmutability()

    /// What anyone may read: `blob`, `container`, or nil for nothing.
    var publicAccess: String?

    var key: String { self.name }

    init(name: String, immutability: ContainerImmutability = ContainerImmutability()) {
        self.name = name
        self.immutability = immutability
    }

    /// A container that forbids nothing.
    init(stringLiteral name: String) { self.init(name: name) }
}
