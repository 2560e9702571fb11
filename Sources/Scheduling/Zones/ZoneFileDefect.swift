/// Why a file is no zone file that can be used.
struct ZoneFileDefect: Error {
    /// The reason, as a clause.
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
