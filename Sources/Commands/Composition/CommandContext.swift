import AzureClient
package import BackupDomain
package import BackupEngine
import Scheduling
package import Settings

/// What a command works with: made once in the process, or by a test.
package struct CommandContext: Sendable {
    /// Where output goes.
    package var terminal: Terminal
    /// The environment variables.
    package var environment: [String: String]
    /// Real time; replaced where `APIM_BACKUP_CLOCK` names another.
    package var clock: any WallClock
    /// Raised when the person asks to stop.
    package var stop: StopSignal
    /// The id of this process for calls outside of runs.
    package var invocationID: String
    /// Where the settings file and the files that it names come from.
    package var files: SettingsFiles
    /// What a person is told who stops the program.
    package var interruption = Interruption()
    /// Tells of each request to read the settings again (SIGHUP, which asks programs to stop that do not listen) until cancelled;
    /// none comes by default.
    package var hangUps: @Sendable (_ heard: @escaping @Sendable () -> Void) async -> Void
    /// Tells of each change beside the files of these paths until cancelled; tells of none by default.
    package var fileNotices: @Sendable (_ paths: [String], _ heard: @escaping @Sendable () -> Void) async -> Void = {
        _,
        _ in
    }
    /// Gives back to the system what the allocator holds and nobody uses; does nothing by default.
    package var releaseMemory: @Sendable () -> Void = {}
    /// The network, where several connections to Azure share it; nil where each opens one.
    var network: AsyncHTTPTransport?
    /// The time zones as a daemon remembers them; nil where they are read each time.
    var rememberedZones: RememberedZones?
    /// The arguments of the command line that runs, without the program's name.
    package var arguments: [String] = []

    /// Asks the person for a line, which comes without blanks around it; nil where nobody can be asked.
    package var ask: (@Sendable (String) async -> String)?
    /// Asks the person yes or no; nil where nobody can be asked.
    package var confirm: (@Sendable (String) async -> Bool)?

    /// Creates a context; without `files` a settings file is read only where it is named.
    package init(
        terminal: Terminal,
        environment: [String: String],
        clock: any WallClock,
        stop: StopSignal,
        invocationID: String,
        files: SettingsFiles = SettingsFiles.system.withoutStandardPlaces,
        hangUps: @escaping @Sendable (_ heard: @escaping @Sendable () -> Void) async -> Void = { _ in }
    ) {
        self.terminal = terminal
        self.environment = environment
        self.clock = clock
        self.stop = stop
        self.invocationID = invocationID
        self.files = files
        self.hangUps = hangUps
    }
}
