import BackupDomain
import Foundation

/// A clock that always shows the same instant, so that the names of backups are known before; waiting takes real time.
struct StoppedClock: WallClock {
    let now = Date()
    private let start = ContinuousClock.now

    var uptime: Duration { ContinuousClock.now - self.start }
    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

/// Real time, optionally off by some seconds.
struct RealClock: WallClock {
    var offset: TimeInterval = 0
    private let start = ContinuousClock.now

    var now: Date { Date() + self.offset }
    var uptime: Duration { ContinuousClock.now - self.start }
    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
