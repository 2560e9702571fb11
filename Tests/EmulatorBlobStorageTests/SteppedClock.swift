import EmulatorRuntime
import Foundation
import Synchronization

/// A clock that moves only when told to; it begins on 2026-11-24 at 01:00 UTC.
final class SteppedClock: EmulatorClock {
    private let instant = Mutex(Date(timeIntervalSince1970: 1_795_482_000))

    var now: Date { self.instant.withLock { $0 } }

    func scaled(_ duration: Duration) -> Duration { duration }

    func advance(seconds: Int) { self.instant.withLock { $0 += TimeInterval(seconds) } }
}
