import BackupDomain
package import FoundationEssentials

/// The machine's own clock: the one place where the wall clock is read and a task put to sleep.
package struct SystemClock: WallClock {
    private let start = ContinuousClock.now

    /// Creates a clock whose uptime begins now.
    package init() {}

    package var now: Date { Date.now }

    package var uptime: Duration { ContinuousClock.now - self.start }

    package func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return }
        try await Task.sleep(for: duration, tolerance: .milliseconds(1), clock: .continuous)
    }
}
