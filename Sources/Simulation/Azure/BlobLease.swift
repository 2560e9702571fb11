/// A lease that somebody took of a blob.
struct BlobLease: Sendable {
    var id: String
    var seconds: Int64
    /// When it ends, in milliseconds since 1970.
    var endsAt: Int64
    var isBroken = false

    /// Whether it holds others off.
    func holds(at now: Int64) -> Bool { !self.isBroken && now < self.endsAt }
}
