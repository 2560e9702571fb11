package import BackupDomain

/// Whether a backup that could not begin is tried again.
///
/// What only Azure, the network or another process stands in the way of may pass; what a person must mend does not. All
/// pauses together are shorter than the quarter of an hour within which a failure is to be known.
enum BeginRules {
    private static let pauses: [Duration] = [.seconds(60), .seconds(240)]

    static let passing: Set<BackupError.Code> = [
        .hostNotFound, .unreachable, .timedOut, .throttled, .busy, .proxyRefused, .malformedAnswer, .azureError,
        .noCredential, .conflict, .notSeenToTheEnd,
    ]

    /// How long to wait before the next try.
    ///
    /// - Parameters:
    ///   - code: Why no run could begin.
    ///   - failures: How often that has happened, this time included.
    /// - Returns: The pause; nil to give up.
    static func pause(after code: BackupError.Code, failures: Int) -> Duration? {
        guard self.passing.contains(code), failures <= self.pauses.count else { return nil }
        return self.pauses[failures - 1]
    }
}

extension BackupError.Code {
    /// Whether only Azure, the network or another process stands in the way, so that it may pass by itself.
    package var mayPass: Bool { BeginRules.passing.contains(self) }
}
