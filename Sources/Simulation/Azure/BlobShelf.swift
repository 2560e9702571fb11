import FoundationEssentials

/// The blobs of one container with their versions and leases.
struct BlobShelf {
    /// A blob.
    struct Blob {
        var content: Data
        /// The size that the service reports; backups have no content here.
        var bytes: Int
        var version: Int
        var createdAt: Int64
        var modifiedAt: Int64
        var lease: Lease?

        /// The version as a header shows it.
        var etag: String { "\"0x8DC\(self.version)\"" }
    }

    /// A lease that somebody took.
    struct Lease {
        var id: String
        var seconds: Int64
        /// When it ends, in milliseconds since 1970.
        var endsAt: Int64
        var isBroken = false

        /// Whether it holds others off.
        func holds(at now: Int64) -> Bool { !self.isBroken && now < self.endsAt }
    }

    private(set) var blobs: [String: Blob] = [:]
    /// The names in the order of listings.
    private(set) var names: [String] = []
    private var versions = 0

    /// Puts a blob in place, of whatever was there before.
    ///
    /// - Parameters:
    ///   - content: Its content.
    ///   - bytes: Its size where that is not the content's.
    ///   - name: Its name.
    ///   - now: The present.
    ///   - createdAt: Its creation where that is another moment than now.
    mutating func put(_ content: Data, bytes: Int? = nil, as name: String, at now: Int64, createdAt: Int64? = nil) {
        self.versions += 1
        let old = self.blobs[name]
        self.blobs[name] = Blob(
            content: content,
            bytes: bytes ?? content.count,
            version: self.versions,
            createdAt: createdAt ?? old?.createdAt ?? now,
            modifiedAt: now,
            lease: old?.lease
        )
        guard old == nil else { return }
        let place = self.names.firstIndex { $0 > name } ?? self.names.endIndex
        self.names.insert(name, at: place)
    }

    /// Takes a blob away, if it is there.
    mutating func remove(_ name: String) {
        guard self.blobs.removeValue(forKey: name) != nil else { return }
        self.names.removeAll { $0 == name }
    }

    /// Does something with a blob's lease.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/lease-blob>, the table of outcomes
    ///
    /// - Parameters:
    ///   - action: `acquire`, `renew`, `release` or `break`.
    ///   - name: The blob's name.
    ///   - id: The lease that is named or proposed.
    ///   - seconds: How long it shall last.
    ///   - now: The present.
    /// - Returns: The status and, where it is a refusal, the code.
    mutating func lease(_ action: String, _ name: String, id: String, seconds: Int64, at now: Int64) -> (Int, String?) {
        guard let blob = self.blobs[name] else { return (404, "BlobNotFound") }
        let lease = blob.lease
        switch action {
        case "acquire":
            if let lease, lease.holds(at: now), lease.id != id { return (409, "LeaseAlreadyPresent") }
            self.blobs[name]?.lease = Lease(id: id, seconds: seconds, endsAt: now + seconds * 1000)
            return (201, nil)
        case "renew":
            guard let lease else { return (409, "LeaseNotPresentWithLeaseOperation") }
            guard lease.id == id else { return (409, "LeaseIdMismatchWithLeaseOperation") }
            if lease.isBroken { return (409, "LeaseIsBrokenAndCannotBeRenewed") }
            self.blobs[name]?.lease?.endsAt = now + lease.seconds * 1000
            return (200, nil)
        case "release":
            guard let lease, lease.id == id else { return (409, "LeaseIdMismatchWithLeaseOperation") }
            self.blobs[name]?.lease = nil
            return (200, nil)
        default:
            guard lease != nil else { return (409, "LeaseNotPresentWithLeaseOperation") }
            self.blobs[name]?.lease?.isBroken = true
            return (202, nil)
        }
    }
}
