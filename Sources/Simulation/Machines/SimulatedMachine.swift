import BackupDomain
import FoundationEssentials
import Synchronization

/// A machine on which processes run, with a clock that somebody may turn.
final class SimulatedMachine: Sendable {
    private let azure: SimulatedAzure
    private let offset = Mutex<Int64>(0)

    /// Creates a machine whose clock is right.
    init(azure: SimulatedAzure) { self.azure = azure }

    /// The present by this machine's clock.
    var now: Date { Date(timeIntervalSince1970: Double(self.azure.now + self.offset.withLock(\.self)) / 1000) }

    /// Turns the clock.
    ///
    /// - Parameter offset: How many milliseconds it is ahead from now on.
    func turn(to offset: Int64) { self.offset.withLock { $0 = offset } }
}
