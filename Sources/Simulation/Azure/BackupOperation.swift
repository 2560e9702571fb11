/// A backup, or a restore, that the simulated API Management accepted.
struct BackupOperation: Sendable {
    /// The operation's number, which is its place in the list.
    var number: Int
    /// The id of the run that posted it, from `x-ms-client-request-id`.
    var run: String
    /// The blob's name.
    var name: String
    /// The process that posted it.
    var process: Int
    /// Whether a backup is restored, and none made.
    var isRestore = false
    /// When it was accepted, in milliseconds since 1970 as all times here.
    var acceptedAt: Int64
    /// When it ends.
    var endsAt: Int64
    /// Whether it says done at its end.
    var succeeds = true
    /// The size of the blob that it leaves; nil for none.
    var bytes: Int?
    /// When its blob is complete and visible; nil where none comes.
    var blobAt: Int64?
    /// Whether a part of the blob can be seen by now.
    var isBlobBegun = false
    /// Whether the blob is whole by now.
    var isBlobWhole = false
    /// Whether the instance had lost most of what it held.
    var isSmall = false
    /// Whether its URL is not found once it has ended.
    var isForgotten = false
    /// Whether the caller may not read it.
    var isHidden = false

    /// Whether a good backup came or will come of it.
    var isGood: Bool { self.blobAt != nil && (self.bytes ?? 0) > 0 }

    /// When a first part of its blob can be seen.
    var partialAt: Int64 { self.acceptedAt + (self.endsAt - self.acceptedAt) / 2 }
}
