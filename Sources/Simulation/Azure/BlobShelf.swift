import FoundationEssentials

/// The blobs of one container with their versions, leases and protections.
struct BlobShelf {
    /// A blob.
    struct Blob {
        var content: Data
        /// The size that the service reports; backups have no content here.
        var bytes: Int
        var version: Int
        /// The version as a header shows it.
        let etag: String
        var createdAt: Int64
        var modifiedAt: Int64
        var lease: BlobLease?
        /// Until when an immutability policy of its own forbids to delete it.
        var immutableUntil: Int64 = 0
        /// Until when a legal hold forbids to delete it.
        var heldUntil: Int64 = 0
        /// Who wrote it.
        var maker = BlobMaker.program
        /// ``createdAt`` and ``modifiedAt`` as headers show them.
        fileprivate(set) var createdText = ""
        fileprivate(set) var modifiedText = ""
    }

    private(set) var blobs: [String: Blob] = [:]
    /// The names in the order of listings.
    private(set) var names: [String] = []
    /// What ever lay here; empty where nobody wants to know.
    private(set) var history = BlobHistory()
    private let keepsHistory: Bool
    private var versions = 0

    /// Creates an empty container.
    ///
    /// - Parameter keepsHistory: Whether to remember what lay there.
    init(keepsHistory: Bool = false) { self.keepsHistory = keepsHistory }

    private static func etag(_ version: Int) -> String { "\"0x8DC\(version)\"" }

    /// Puts a blob in place, of whatever was there before.
    ///
    /// - Parameters:
    ///   - content: Its content.
    ///   - bytes: Its size where that is not the content's.
    ///   - name: Its name.
    ///   - now: The present.
    ///   - createdAt: Its creation where that is another moment than now, or than that of what was there before.
    ///   - maker: Who writes it.
    mutating func put(
        _ content: Data,
        bytes: Int? = nil,
        as name: String,
        at now: Int64,
        createdAt: Int64? = nil,
        by maker: BlobMaker = .program
    ) {
        self.versions += 1
        let old = self.blobs[name]
        var blob = Blob(
            content: content,
            bytes: bytes ?? content.count,
            version: self.versions,
            etag: Self.etag(self.versions),
            createdAt: createdAt ?? old?.createdAt ?? now,
            modifiedAt: now,
            lease: old?.lease,
            maker: maker
        )
        if self.keepsHistory {
            blob.createdText = WireDate.text(blob.createdAt)
            blob.modifiedText = WireDate.text(now)
            self.history.end(name, .overwritten, at: now)
            self.history.begin(name, blob, at: now)
        }
        self.blobs[name] = blob
        guard old == nil else { return }
        let place = self.names.firstIndex { $0 > name } ?? self.names.endIndex
        self.names.insert(name, at: place)
    }

    /// The names that begin with a text, in the order of listings.
    ///
    /// - Parameters:
    ///   - prefix: The text.
    ///   - marker: The name after which they begin; empty for the beginning.
    /// - Returns: The names.
    func names(beginningWith prefix: String, after marker: String) -> some Sequence<String> {
        let bound = max(prefix, marker)
        var (low, high) = (0, self.names.count)
        while low < high {
            let middle = (low + high) / 2
            if self.names[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return self.names[low...].lazy.drop { $0 == marker }.prefix { $0.utf8.starts(with: prefix.utf8) }
    }

    /// Takes a blob away, if it is there.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - now: The present.
    ///   - ending: How it goes.
    mutating func remove(_ name: String, at now: Int64, _ ending: BlobHistory.Ending) {
        guard self.blobs.removeValue(forKey: name) != nil else { return }
        self.names.removeAll { $0 == name }
        if self.keepsHistory { self.history.end(name, ending, at: now) }
    }

    /// Changes what protects a blob.
    mutating func protect(_ name: String, _ body: (inout Blob) -> Void) {
        guard var blob = self.blobs[name] else { return }
        body(&blob)
        self.blobs[name] = blob
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
            self.blobs[name]?.lease = BlobLease(id: id, seconds: seconds, endsAt: now + seconds * 1000)
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
