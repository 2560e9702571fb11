import ArgumentParser
import AzureEmulator
import BackupDomain
import BackupEngine
import Settings
import Synchronization

/// `apim-backup demo`: the main job on a local Azure inside this process.
struct DemoCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Back up an instance of a local Azure that lives in this process, and show what came of it.",
        discussion: "Nothing leaves this machine, and nothing is left behind."
    )

    /// Azure's ten minutes take three seconds.
    private static let timeScale = 200

    func run(in context: CommandContext) async throws -> ExitStatus {
        let terminal = context.terminal
        terminal.print("A local Azure starts in this process, on free ports of this machine. Its time runs")
        terminal.print("\(Self.timeScale) times faster: a backup takes three seconds instead of ten minutes.")
        let server = AzureEmulatorServer(
            world: .builtIn,
            options: EmulatorOptions(sources: .system(timeScale: Self.timeScale))
        )
        let status = Mutex(ExitStatus.failed)
        try await server.run { ready in
            var context = context
            // Nothing of the person's own Azure may play a part in it.
            context.environment = context.environment.filter { Self.isHarmless($0.key) }
                .merging(ready.environment) { _, new in new }
            context.files = context.files.withoutStandardPlaces
            let outcome = await Self.show(in: context)
            status.withLock { $0 = outcome }
        }
        if context.stop.isRaised {
            terminal.note("That Azure was in this process and has ended with it: nothing goes on.")
        }
        return status.withLock(\.self)
    }

    private static func isHarmless(_ variable: String) -> Bool {
        let taken = [
            "AZURE_", "ARM_", "APIM_BACKUP_", "IDENTITY_", "IMDS_", "MSI_", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_",
        ]
        return !taken.contains { variable.uppercased().hasPrefix($0) }
    }

    private static func show(in context: CommandContext) async -> ExitStatus {
        let account = "contosobackups"
        let commands = [
            ["run", "contoso-apim", "--storage-account", account],
            ["list", "--storage-account", account],
        ]
        for command in commands {
            context.terminal.print("\n$ apim-backup \(command.joined(separator: " "))")
            let code = await ApimBackup.run(command, in: context)
            guard code == 0 else { return ExitStatus(rawValue: code) ?? .failed }
        }
        context.terminal.print(
            """

            To try next:
              azure-emulator --env-file local-azure.env    the same local Azure, in a process of its own
              source local-azure.env                       in another terminal: attach to it
              apim-backup run northwind-apim --storage-account \(account)      a tier without backup
              apim-backup show contoso-apim --storage-account \(account)       all that is recorded of a run

            The backup of contoso-apim is there: verified
            """
        )
        return .success
    }
}
