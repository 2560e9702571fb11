import BackupDomain
import BackupEngine
import Observability
import Scheduling
import Synchronization

/// Reads the catalogs for the page of metrics: one reading at a time, which goes on where a scrape waits for it no longer.
///
/// A large fleet or a slow account takes longer than Prometheus waits; what was read is there for the next scrape.
final class CatalogReader: Sendable {
    /// How long a scrape waits: Prometheus waits ten seconds.
    static let patience = Duration.seconds(8)
    /// How long a reading may take, and for how long what was read serves scrapes that come before a newer one is done.
    static let endurance = Duration.seconds(120)

    private struct State {
        /// Raised when the next reading is done.
        var done = StopSignal()
        /// What was read last.
        var newest: MetricsPage.Reading?
        /// Whether nobody has had it yet.
        var isNew = false
    }

    private let clock: any WallClock
    private let read: @Sendable () async throws -> MetricsPage.Reading
    private let asked = Bell()
    private let state = Mutex(State())

    /// Creates a reader that has read nothing.
    ///
    /// - Parameters:
    ///   - clock: Real time.
    ///   - read: Reads the catalogs.
    init(clock: any WallClock, read: @escaping @Sendable () async throws -> MetricsPage.Reading) {
        self.clock = clock
        self.read = read
    }

    /// Reads whenever somebody asks, until its task is cancelled.
    ///
    /// - Throws: `CancellationError`
    func run() async throws {
        while true {
            await self.asked.wait()
            try Task.checkCancellation()
            let reading = try? await self.clock.within(Self.endurance) { try await self.read() }
            let done = self.state.withLock { state in
                defer { state.done = StopSignal() }
                if let reading { (state.newest, state.isNew) = (reading, true) }
                return state.done
            }
            done.raise()
        }
    }

    /// Has the catalogs read, and waits for that as long as a scrape does, unless something was read meanwhile that nobody has had.
    ///
    /// - Returns: What was read, or a little before; nil where the catalogs have not answered for long.
    func reading() async -> MetricsPage.Reading? {
        let (done, isNew) = self.state.withLock { ($0.done, $0.isNew && self.isRecent($0.newest)) }
        self.asked.ring()
        if !isNew { _ = try? await self.clock.within(Self.patience) { await done.wait() } }
        return self.state.withLock { state in
            state.isNew = false
            return self.isRecent(state.newest) ? state.newest : nil
        }
    }

    private func isRecent(_ reading: MetricsPage.Reading?) -> Bool {
        guard let readAt = reading?.readAt else { return false }
        return self.clock.uptime - readAt <= Self.endurance
    }
}
