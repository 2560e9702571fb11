import EmulatorRuntime
import Foundation

/// Real instants; durations that Azure decides are divided by the time scale.
struct RealClock: EmulatorClock {
    private let scale: Int
    private let read: @Sendable () -> Date

    init(scale: Int, read: @escaping @Sendable () -> Date) {
        self.scale = max(1, scale)
        self.read = read
    }

    var now: Date { self.read() }

    func scaled(_ duration: Duration) -> Duration {
        let seconds = duration.components.seconds + (duration.components.attoseconds > 0 ? 1 : 0)
        return .seconds(max(1, (seconds + Int64(self.scale) - 1) / Int64(self.scale)))
    }
}
