/// What one client may rely on: every change that was answered, and the one change whose answer it never got.
struct ClientMemory: Sendable {
    /// A thing as it is seen from outside.
    struct Seen: Sendable, Equatable {
        /// Everything but the entity tag, in words; `absent` where it is not there.
        var words: String
        /// The entity tag; nil where it has none, or where no answer told it.
        var etag: String?

        static let absent = Seen(words: "absent")
    }

    /// Things by their names, as the last answer left them.
    private(set) var answered: [String: Seen] = [:]
    /// The lease ids of leased blobs.
    private(set) var leases: [String: String] = [:]
    /// Deleted blobs that can be brought back, as they were.
    private var graves: [String: Seen] = [:]
    private var doubtful: (thing: String, words: String, lease: String?)?

    func seen(_ thing: String) -> Seen { self.answered[thing] ?? .absent }

    /// What comes back of a deleted thing; nil where nothing does, or where that is not known for sure.
    func grave(of thing: String) -> Seen? { self.seen(thing) == .absent ? self.graves[thing] : nil }

    mutating func bury(_ thing: String, _ seen: Seen?) { self.graves[thing] = seen }

    /// Before a call: what the thing will be if the call is done.
    mutating func ask(_ thing: String, _ words: String, lease: String? = nil) { self.doubtful = (thing, words, lease) }

    /// After a call that was answered with success.
    mutating func confirm(etag: String?) {
        guard let doubtful else { return }
        self.answered[doubtful.thing] = Seen(words: doubtful.words, etag: etag)
        self.leases[doubtful.thing] = doubtful.lease
        self.doubtful = nil
    }

    /// After a call that was answered with a refusal.
    mutating func refused() { self.doubtful = nil }

    /// After a restart: compares a thing with what must be there.
    ///
    /// - Returns: What is wrong; nil where all is well.
    mutating func compare(_ thing: String, with found: Seen) -> String? {
        let expected = self.seen(thing)
        if found.words == expected.words, expected.etag == nil || expected.etag == found.etag {
            self.answered[thing] = found
            return nil
        }
        guard let doubtful, doubtful.thing == thing, doubtful.words == found.words else {
            return "\(thing) was answered as \(expected), and is \(found)"
        }
        self.answered[thing] = found
        self.leases[thing] = doubtful.lease
        return nil
    }

    /// After a comparison of everything: nothing is in doubt any more.
    mutating func settle() { self.doubtful = nil }

    /// All things that were ever asked for.
    var things: [String] {
        (Array(self.answered.keys) + (self.doubtful.map { [$0.thing] } ?? [])).sorted()
    }
}
