import EmulatorRuntime
import Foundation
import Synchronization

/// A clock that stands until a test moves it; durations are divided by its scale.
final class ManualEmulatorClock: EmulatorClock {
    private let instant: Mutex<Date>
    private let scale: Int

    /// 2026-11-24T01:00:00Z unless a test says otherwise.
    init(_ start: Date = Date(timeIntervalSince1970: 1_795_482_000), scale: Int = 1) {
        self.instant = Mutex(start)
        self.scale = scale
    }

    var now: Date { self.instant.withLock { $0 } }

    func advance(seconds: Double) { self.instant.withLock { $0 += seconds } }

    func scaled(_ duration: Duration) -> Duration { max(duration / self.scale, .seconds(1)) }
}
