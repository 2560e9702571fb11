import EmulatorRuntime
import Foundation
import Synchronization

/// Instants that run faster than real ones, from a chosen start; durations keep their length by these instants.
final class VirtualClock: EmulatorClock {
    private let start: Date
    private let scale: Int
    private let realStart: Date
    private let read: @Sendable () -> Date
    private let ahead = Mutex(TimeInterval.zero)

    init(start: Date, scale: Int, realStart: Date, read: @escaping @Sendable () -> Date) {
        self.start = start
        self.scale = max(1, scale)
        self.realStart = realStart
        self.read = read
    }

    var now: Date {
        let run = self.read().timeIntervalSince(self.realStart) * Double(self.scale)
        return self.start.addingTimeInterval(run + self.ahead.withLock(\.self))
    }

    /// Puts the clock forward.
    ///
    /// - Parameter seconds: How far.
    func advance(by seconds: TimeInterval) { self.ahead.withLock { $0 += seconds } }

    func scaled(_ duration: Duration) -> Duration {
        .seconds(max(1, duration.components.seconds + (duration.components.attoseconds > 0 ? 1 : 0)))
    }
}
