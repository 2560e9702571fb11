import EmulatorRuntime
import Foundation

/// A clock that is ahead of another one, or behind it.
struct SkewedClock: EmulatorClock {
    let base: any EmulatorClock
    let seconds: Int

    var now: Date { self.base.now.addingTimeInterval(Double(self.seconds)) }

    func scaled(_ duration: Duration) -> Duration { self.base.scaled(duration) }
}
