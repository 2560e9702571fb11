import EmulatorRuntime
import Foundation

/// Instants that run faster than real ones, from a chosen start; durations keep their length by these instants.
struct VirtualClock: EmulatorClock {
    private let start: Date
    private let scale: Int
    private let realStart: Date
    private let read: @Sendable () -> Date

    init(start: Date, scale: Int, realStart: Date, read: @escaping @Sendable () -> Date) {
        self.start = start
        self.scale = max(1, scale)
        self.realStart = realStart
        self.read = read
    }

    var now: Date {
        self.start.addingTimeInterval(self.read().timeIntervalSince(self.realStart) * Double(self.scale))
    }

    func scaled(_ duration: Duration) -> Duration {
        .seconds(max(1, duration.components.seconds + (duration.components.attoseconds > 0 ? 1 : 0)))
    }
}
