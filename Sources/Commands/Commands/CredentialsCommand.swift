import ArgumentParser
import AzureClient
import BackupDomain

/// `apim-backup credentials`: who we are to Azure.
struct CredentialsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials",
        abstract: "See which credential is used.",
        subcommands: [Test.self]
    )

    /// `apim-backup credentials test`: gets tokens and tells what they are.
    struct Test: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Get tokens for Resource Manager and for blob storage, and say as whom and until when.",
            discussion: "The tokens themselves are never shown."
        )

        @OptionGroup var azure: AzureOptions
        @OptionGroup var output: OutputOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            try await AzureConnection.with(context.settings(self.azure), context: context) { connection in
                let audiences = [connection.cloud.audience, connection.cloud.storageAudience]
                var reports: [CredentialReport] = []
                for audience in audiences { reports.append(try await connection.tokens.report(for: audience)) }
                switch self.output.format {
                case .json: context.terminal.printDocument(reports)
                case .table where self.output.quiet:
                    context.terminal.print(reports.first?.objectID ?? "")
                case .table: self.print(reports, cloud: connection.cloud.name, context.terminal)
                }
                return .success
            }
        }

        private func print(_ reports: [CredentialReport], cloud: String, _ terminal: Terminal) {
            guard let first = reports.first else { return }
            terminal.print("credential      \(first.credential)")
            terminal.print("cloud           \(cloud)")
            terminal.print("tenant          \(first.tenantID ?? "not said")")
            terminal.print("object id       \(first.objectID ?? "not said")")
            terminal.print("application id  \(first.applicationID ?? "not said")")
            for report in reports {
                terminal.print("token           \(report.audience), until \(Quantities.minute(report.expiresAt)) UTC")
            }
        }
    }
}
