import BackupDomain
import BackupEngine
import Foundation
import Scheduling
import Settings
import Synchronization

/// Looks at a fleet's instances when something may have gone wrong or come right, and tells people.
///
/// A look is taken when a run has ended, when the passing of time alone brings something to tell or to send, and once an hour:
/// nothing polls. Where nobody is to be told, it does nothing at all.
final class IncidentService: Sendable {
    /// How long is waited after something has happened, so that runs that end together are looked at together: longer where a look at
    /// many instances takes long, so that a night of a thousand runs is no night of looks, and never so long that people wait for it.
    private static let settling = Duration.seconds(15)
    private static let longestSettling = Duration.seconds(120)
    /// The longest pause between two looks: what other processes do is seen by then.
    private static let longestPause = Duration.seconds(3600)
    /// The pause after a look that could not be taken.
    private static let pauseAfterTrouble = Duration.seconds(60)

    private let connection: AzureConnection
    private let context: CommandContext
    private let log: EventLog
    private let counts: ProcessCounts
    private let watchlist: @Sendable () -> (list: Watchlist, isWhole: Bool)
    private let bell: Bell
    private let trouble = Mutex<String?>(nil)

    /// Creates a service that does nothing yet.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - context: What the program is given.
    ///   - log: Takes the lines.
    ///   - counts: Counts what became of notices.
    ///   - bell: Rung when something has happened that may be worth telling.
    ///   - watchlist: The instances that are watched now, and whether they are all of the settings.
    init(
        _ connection: AzureConnection,
        context: CommandContext,
        log: EventLog,
        counts: ProcessCounts,
        bell: Bell,
        watchlist: @escaping @Sendable () -> (list: Watchlist, isWhole: Bool)
    ) {
        self.connection = connection
        self.context = context
        self.log = log
        self.counts = counts
        self.bell = bell
        self.watchlist = watchlist
    }

    /// Works until its task is cancelled.
    ///
    /// - Throws: `CancellationError`
    func run() async throws {
        guard !self.connection.settings.notifications.channels.isEmpty else { return }
        let desk = IncidentDesk(self.connection, context: self.context)
        while true {
            var pause = Self.pauseAfterTrouble
            let began = self.context.clock.uptime
            do {
                pause = try await self.look(desk)
            } catch let error as BackupError {
                if self.isNews(error) { self.log.incidentsUntold(error) }
            }
            let took = self.context.clock.uptime - began
            if try await self.isWoken(within: pause) {
                try await self.connection.clock.sleep(for: Self.settling(after: took))
            }
        }
    }

    /// How long is waited after something has happened.
    ///
    /// - Parameter look: How long the last look took.
    /// - Returns: Five times as long, a quarter of a minute at least, two minutes at the most.
    static func settling(after look: Duration) -> Duration {
        min(Self.longestSettling, max(Self.settling, look * 5))
    }

    /// Takes a look, tells what is due, and says when to look again.
    private func look(_ desk: IncidentDesk) async throws -> Duration {
        let (watchlist, isWhole) = self.watchlist()
        let look = InstanceLook(connection: self.connection, zones: self.context.zones)
        let observation = try await look.observe(watchlist, await look.ledger())
        let report = try await desk.report(observation, on: watchlist, isFinal: false, isWhole: isWhole)
        self.counts.note(report)
        self.log.note(report)
        if self.isNews(report.refusal), let refusal = report.refusal { self.log.incidentsUnwritten(refusal) }
        let now = self.connection.clock.now
        let next = desk.nextLook(after: observation, report) ?? .distantFuture
        // What could not be done is not tried again at once, whatever is due.
        return min(Self.longestPause, max(Self.settling, .seconds(next.timeIntervalSince(now))))
    }

    /// Whether what stands in the way of telling is another thing than the last time; nil where nothing does.
    private func isNews(_ error: BackupError?) -> Bool {
        self.trouble.withLock { trouble in
            defer { trouble = error?.message }
            return trouble != error?.message
        }
    }

    /// Waits until the time is over or something has happened.
    private func isWoken(within pause: Duration) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await self.sleep(for: pause)
                return false
            }
            group.addTask {
                await self.bell.wait()
                try Task.checkCancellation()
                return true
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    /// Waits; that the clock was put forward meanwhile is noticed as soon as the scheduler notices it.
    private func sleep(for pause: Duration) async throws {
        let clock = self.connection.clock
        let end = clock.now + pause.timeInterval
        var left = pause
        while left > .zero, clock.now < end {
            let step = min(left, Timetable.longestSleep)
            try await clock.sleep(for: step)
            left -= step
        }
    }
}
