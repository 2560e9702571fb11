import ArgumentParser
import BackupDomain
import BackupEngine

/// `apim-backup verify`: which recovery points are really left.
struct VerifyCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check backups against their records, and say which recovery points are really left.",
        discussion: """
            Levels: 'listed' (the blob is there and not empty), 'unchanged' (ETag, size and MD5 are as recorded), \
            'restored' (a drill restored it). Dates are kept in the catalog. Exits with 1 where a backup vanished, \
            shrank or changed.
            """
    )

    @OptionGroup var instances: InstanceSelection
    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var output: OutputOptions

    /// What was found in one account.
    private struct Found {
        var reports: [VerificationReport]
        var unattributed: [BlobProperties]
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
            let (found, errors) = try await self.instances.inEach(connection) { opened, seen, keys in
                let verifier = BackupVerifier(source: opened.points)
                var reports: [VerificationReport] = []
                for key in keys { reports.append(try await verifier.verify(key, in: seen)) }
                return Found(reports: reports, unattributed: self.instances.all ? seen.unattributed : [])
            }
            let reports = found.flatMap(\.reports)
            let unattributed = found.flatMap(\.unattributed)
            let printer = VerifyPrinter(terminal: context.terminal, now: connection.clock.now)
            switch self.output.format {
            case .json: printer.printDocument(reports, unattributed: unattributed)
            case .table where self.output.quiet: printer.printNames(reports)
            case .table: printer.printTable(reports, unattributed: unattributed)
            }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            return errors.isEmpty && reports.allSatisfy(\.findings.isEmpty) ? .success : .failed
        }
    }
}
