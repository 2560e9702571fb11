import BackupDomain
import Foundation
import Serving
import Settings
import Synchronization

/// The settings that the daemon goes by: read at the start, and again where somebody asks or the file has changed.
final class ServedSettings: Sendable {
    private struct State {
        var seen: SettingsFile?
        var refused: String?
        /// Where pages are answered, from the start on.
        var listen: String?
    }

    private let azure: AzureOptions
    private let flags: [SettingFlag?]
    private let context: CommandContext
    private let log: EventLog
    private let daemon: DaemonState
    private let looked: @Sendable () -> Void
    private let state = Mutex(State())

    /// Reads nothing yet.
    ///
    /// - Parameters:
    ///   - azure: Which file, and the flags that every command has.
    ///   - flags: Further flags.
    ///   - context: What the program is given.
    ///   - log: Takes the lines.
    ///   - daemon: What outlasts the settings.
    ///   - looked: Told of each look of a scheduler.
    init(
        _ azure: AzureOptions,
        _ flags: [SettingFlag?],
        context: CommandContext,
        log: EventLog,
        daemon: DaemonState,
        looked: @escaping @Sendable () -> Void
    ) {
        self.azure = azure
        self.flags = flags
        self.context = context
        self.log = log
        self.daemon = daemon
        self.looked = looked
    }

    /// Reads the settings for the first time.
    ///
    /// - Returns: Their fleet.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    func load() throws(BackupError) -> ScheduledFleet {
        let file = try self.file()
        self.state.withLock { $0.seen = file }
        let fleet = try self.makeFleet()
        self.state.withLock { $0.listen = fleet.settings.serve.listen }
        return fleet
    }

    /// Why a newer state of the settings was refused; nil where none was.
    var refused: String? { self.state.withLock(\.refused) }

    /// Looks whether the settings have changed.
    ///
    /// - Parameter cause: Why.
    /// - Returns: The fleet of the changed settings; nil where they have not changed or cannot be used.
    func reload(_ cause: ReloadCause) -> ScheduledFleet? {
        do throws(BackupError) {
            let file = try self.file()
            let isNew = self.state.withLock { state in
                defer { state.seen = file }
                return state.seen != file
            }
            guard isNew || cause == .asked else { return nil }
            let fleet = try self.makeFleet()
            let former = self.state.withLock { state in
                state.refused = nil
                return state.listen
            }
            let wanted = fleet.settings.serve.listen
            if let former, former != wanted { self.log.listensStill(at: former, wanted: wanted) }
            return fleet
        } catch {
            self.refuse(error)
            return nil
        }
    }

    /// Tells that changed settings cannot be used, once.
    ///
    /// - Parameter error: Why.
    func refuse(_ error: BackupError) {
        let isNews = self.state.withLock { state in
            defer { state.refused = error.description }
            return state.refused != error.description
        }
        if isNews { self.log.refused(error) }
    }

    private func file() throws(BackupError) -> SettingsFile? {
        try self.context.files.settingsFile(named: self.azure.settings, variables: self.context.environment)
    }

    private func makeFleet() throws(BackupError) -> ScheduledFleet {
        let resolution = try self.context.resolveScheduledSettings(self.azure, self.flags)
        let settings = try resolution.checked()
        // A daemon without an instance would keep quiet for ever.
        _ = try settings.wanted([], resourceGroup: nil)
        // A chat whose secret is not there is no reason to leave a fleet without backups; it is told at once.
        let secrets = self.context.files.secretFileProblems(of: settings)
        let problems =
            resolution.problems + secrets + self.context.notificationProblems(of: settings, beside: secrets)
        for problem in problems.sorted(by: SettingsProblem.precedes) { self.log.problem(problem) }
        self.daemon.counts.begin(receivers: settings.notifications.receivers)
        return ScheduledFleet(settings, state: self.daemon, context: self.context, looked: self.looked)
    }
}
