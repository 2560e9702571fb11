/// What ever lay in a container, version by version: the account that the oracle holds documents against.
struct BlobHistory: Sendable {
    /// How a version ended.
    enum Ending: Sendable, Hashable {
        /// Another version took its place.
        case overwritten
        /// A process of ours deleted it.
        case deleted(by: Int)
        /// Somebody else, or the service itself, took it away.
        case taken
    }

    /// One version of a blob.
    struct Version: Sendable {
        var etag: String
        var bytes: Int
        var createdAt: Int64
        var maker: BlobMaker
        /// From when it lay there, in milliseconds since 1970.
        var from: Int64
        /// Until when; nil for what lies there now.
        var until: Int64?
        var ending: Ending?
    }

    private var versions: [String: [Version]] = [:]

    /// Notes a new version.
    mutating func begin(_ name: String, _ blob: BlobShelf.Blob, at now: Int64) {
        self.versions[name, default: []].append(
            Version(etag: blob.etag, bytes: blob.bytes, createdAt: blob.createdAt, maker: blob.maker, from: now)
        )
    }

    /// Notes that the present version, where there is one, lies there no longer.
    mutating func end(_ name: String, _ ending: Ending, at now: Int64) {
        guard let last = self.versions[name]?.indices.last, self.versions[name]?[last].until == nil else { return }
        self.versions[name]?[last].until = now
        self.versions[name]?[last].ending = ending
    }

    /// All names that ever were.
    var names: [String] { self.versions.keys.sorted() }

    /// The versions of a blob, oldest first.
    func versions(of name: String) -> [Version] { self.versions[name] ?? [] }

    /// The versions of a blob that lay there at some time since a moment.
    func versions(of name: String, since moment: Int64) -> [Version] {
        self.versions(of: name).filter { ($0.until ?? .max) >= moment }
    }

    /// Whether there was no such blob at some time since a moment.
    func wasAbsent(_ name: String, since moment: Int64) -> Bool {
        var free = moment
        for version in self.versions(of: name, since: moment) {
            if version.from > free { return true }
            guard let until = version.until else { return false }
            free = until
        }
        return true
    }
}
