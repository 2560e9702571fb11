package import BackupDomain
package import FoundationEssentials
import Synchronization

/// The page that Prometheus scrapes: what the catalog says, read again after some seconds, and what this process counted.
///
/// One scrape at a time reads; others that come meanwhile get what was read before. A catalog that cannot be read leaves the
/// values of the last time, with `apim_backup_catalog_up` 0 and the age of what was read.
package final class MetricsPage: Sendable {
    /// What was read of the catalog.
    package struct Reading: Sendable {
        /// The metrics.
        package var families: [MetricFamily]
        /// Whether the catalog of each account could be read, by the account's name.
        package var accounts: [String: Bool]
        /// When the families were read, in uptime; nil where nothing has been read yet.
        package var readAt: Duration?

        /// Creates a reading.
        package init(families: [MetricFamily], accounts: [String: Bool], readAt: Duration?) {
            self.families = families
            self.accounts = accounts
            self.readAt = readAt
        }
    }

    private struct State {
        var reading: Reading?
        var askedAt: Duration?
        var isReading = false
    }

    /// How long a reading serves.
    private static let freshness = Duration.seconds(15)

    private let process: ProcessMetrics
    private let version: String
    private let clock: any WallClock
    private let gauges: @Sendable () -> [MetricFamily]
    private let read: @Sendable (Date) async throws -> Reading
    private let state = Mutex(State())

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - process: What this process counts.
    ///   - version: The program's version.
    ///   - clock: The time.
    ///   - gauges: What this process knows of itself at the moment, such as the age of the scheduler's last look.
    ///   - read: Reads the catalog.
    package init(
        process: ProcessMetrics,
        version: String,
        clock: any WallClock,
        gauges: @escaping @Sendable () -> [MetricFamily],
        read: @escaping @Sendable (_ now: Date) async throws -> Reading
    ) {
        self.process = process
        self.version = version
        self.clock = clock
        self.gauges = gauges
        self.read = read
    }

    /// Makes the page.
    ///
    /// - Returns: The text; ``PrometheusText/contentType`` is its type.
    /// - Throws: `CancellationError`
    package func text() async throws -> String {
        try await self.refresh()
        let reading = self.state.withLock(\.reading)
        var families = self.process.families + self.gauges() + (reading?.families ?? [])
        families.append(MetricFamily(.build, [MetricSample(1, [.init("version", self.version)])]))
        if let reading {
            families.append(
                MetricFamily(.catalogUp, reading.accounts.map { MetricSample($1 ? 1 : 0, [.init("account", $0)]) })
            )
        }
        if let readAt = reading?.readAt {
            families.append(MetricFamily(.catalogAge, [MetricSample((self.clock.uptime - readAt).timeInterval)]))
        }
        return PrometheusText.page(families)
    }

    private func refresh() async throws {
        let isDue = self.state.withLock { state in
            let isOld = state.askedAt.map { self.clock.uptime - $0 >= Self.freshness } ?? true
            guard isOld, !state.isReading else { return false }
            state.isReading = true
            return true
        }
        guard isDue else { return }
        defer { self.state.withLock { $0.isReading = false } }
        let reading = try await self.read(self.clock.now)
        let uptime = self.clock.uptime
        self.state.withLock { state in
            state.reading = reading
            state.askedAt = uptime
        }
    }
}
