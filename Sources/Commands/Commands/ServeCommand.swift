import ArgumentParser
import BackupDomain
import BackupEngine
import ServiceLifecycle
import Serving
import Settings

/// `apim-backup serve`: backs up by schedules until told to stop.
struct ServeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Back up by the schedules of the settings until told to stop.",
        discussion: """
            Takes up what an earlier process left behind, makes up for missed times, and reads the settings again on SIGHUP \
            and, within five minutes, where the file has changed; a file that cannot be used is refused and the former \
            settings stay. Several may run at once: the catalog's locks make them one. SIGTERM ends it; backups that are \
            under way go on in Azure, and the next process follows them.
            """
    )

    @Option(
        help: """
            Where /livez and /readyz are answered over HTTP: host:port, or none. (default: that of the settings, else \
            \(ServeSettings().listen))
            """
    )
    var listen: String?

    @OptionGroup var azure: AzureOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let flags = [SettingFlag("serve.listen", "--listen", self.listen)]
        try await context.sharingNetwork { context in
            let daemon = try Daemon(self.azure, flags, context: context)
            try await context.stop.heeding { try await daemon.run() }
        }
        context.terminal.note("Stopped. \(context.interruption.sentence)")
        return .success
    }
}
