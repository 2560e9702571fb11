import BackupDomain
import Foundation

/// Real time, optionally off by some seconds.
struct RealClock: WallClock {
    var offset: TimeInterval = 0
    private let start = ContinuousClock.now

    var now: Date { Date() + self.offset }
    var uptime: Duration { ContinuousClock.now - self.start }
    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
