package import BackupDomain
import FoundationEssentials

/// Starts a backup in Azure and follows it to its end.
package struct RemoteBackup: Sendable {
    /// What came of it.
    package struct End: Sendable, Hashable {
        /// What was started last.
        package var start: RemoteStart
        /// How it ended, by the host's own word.
        package var state: RemoteState
        /// The host's own name of it.
        package var name: String { self.start.name }
    }

    /// How long roles take to hold at most.
    ///
    /// Source: <https://learn.microsoft.com/azure/role-based-access-control/troubleshooting> (up to 10 minutes)
    private static let propagation = Duration.seconds(900)
    /// A backup that fails within so long was not let in; one that fails later was made and failed.
    private static let quick = Duration.seconds(180)
    private static let pause = Duration.seconds(30)

    private let host: any RemoteHost
    private let clock: any WallClock
    private let timeout: Duration
    private let notify: @Sendable (DeploymentProgress) async -> Void

    /// Creates a backup.
    ///
    /// - Parameters:
    ///   - host: Where it runs.
    ///   - clock: The time.
    ///   - timeout: How long it is followed.
    ///   - notify: Told of each step.
    package init(
        host: any RemoteHost,
        clock: any WallClock,
        timeout: Duration,
        notify: @escaping @Sendable (DeploymentProgress) async -> Void
    ) {
        self.host = host
        self.clock = clock
        self.timeout = timeout
        self.notify = notify
    }

    /// Makes the backup.
    ///
    /// - Parameter rolesAreNew: Whether the host's roles were assigned just now: then what fails at once is tried again until
    ///   they hold, for a quarter of an hour.
    /// - Returns: How it ended.
    /// - Throws: ``BackupDomain/BackupError`` with code `notSeenToTheEnd` where it goes on after the timeout.
    package func make(rolesAreNew: Bool) async throws -> End {
        let began = self.clock.uptime
        while true {
            let started = self.clock.uptime
            let start = try await self.host.start()
            await self.notify(.backupStarted(start.name))
            let state = try await self.follow(start.name)
            guard case .failed(let reason) = state, rolesAreNew else { return End(start: start, state: state) }
            let now = self.clock.uptime
            guard now - started < Self.quick, now - began < Self.propagation else {
                return End(start: start, state: state)
            }
            await self.notify(.waitingForRoles(reason))
            try await self.clock.sleep(for: Self.pause)
        }
    }

    private func follow(_ name: String) async throws -> RemoteState {
        let deadline = self.clock.uptime + self.timeout
        while self.clock.uptime < deadline {
            let state = try await self.host.state(of: name)
            if state != .running { return state }
            await self.notify(.backupRunning)
            try await self.clock.sleep(for: .seconds(10))
        }
        throw BackupError(
            .notSeenToTheEnd,
            "\(name) of \(self.host.title) was not seen to its end; it goes on in Azure.",
            remedy: "Look later: apim-backup status."
        )
    }
}
