package import BackupDomain
package import FoundationEssentials

/// A clock whose long waits end when somebody asks to stop: a service may ask a call to come again in an hour.
///
/// Short waits are waited out, so that what is being written to Azure when the signal comes is written.
package struct StoppableClock: WallClock {
    /// The longest wait that a signal does not end.
    private static let short = Duration.seconds(20)

    private let base: any WallClock
    private let stop: StopSignal

    /// Creates a clock.
    ///
    /// - Parameters:
    ///   - base: The time.
    ///   - stop: What ends long waits.
    package init(_ base: any WallClock, stop: StopSignal) {
        self.base = base
        self.stop = stop
    }

    package var now: Date { self.base.now }

    package var uptime: Duration { self.base.uptime }

    package func sleep(for duration: Duration) async throws {
        guard duration > Self.short else { return try await self.base.sleep(for: duration) }
        guard try await self.stop.pause(duration, on: self.base) else { throw CancellationError() }
    }
}
