package import FoundationEssentials

/// The only source of time: the real clock, a test's, the simulation's, or one that follows a local Azure.
package protocol WallClock: Sendable {
    /// The present instant.
    var now: Date { get }

    /// Time since some fixed moment; never runs back, whatever happens to the wall clock.
    var uptime: Duration { get }

    /// Waits.
    ///
    /// - Parameter duration: How long; zero or less returns at once.
    /// - Throws: `CancellationError` when the task is cancelled before its time.
    func sleep(for duration: Duration) async throws
}
