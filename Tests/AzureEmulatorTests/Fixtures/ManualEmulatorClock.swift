import EmulatorRuntime
import Foundation
import Synchronization

/// A clock that stands until a test moves it; it does not shorten durations.
final class ManualEmulatorClock: EmulatorClock {
    private let instant: Mutex<Date>

    /// 2026-11-24T01:00:00Z unless a test says otherwise.
    init(_ start: Date = Date(timeIntervalSince1970: 1_795_482_000)) { self.instant = Mutex(start) }

    var now: Date { self.instant.withLock { $0 } }

    func advance(seconds: Double) { self.instant.withLock { $0 += seconds } }

    func scaled(_ duration: Duration) -> Duration { duration }
}
