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

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let (source, _) = try await connection.recoveryPoints(self.storage, self.azure)
            let seen = try await source.look()
            let verifier = BackupVerifier(source: source)
            var reports: [VerificationReport] = []
            for key in try self.instances.keys(in: seen) { reports.append(try await verifier.verify(key, in: seen)) }
            let printer = VerifyPrinter(terminal: context.terminal, now: connection.clock.now)
            let unattributed = self.instances.all ? seen.unattributed : []
            switch self.output.format {
            case .json: printer.printDocument(reports, unattributed: unattributed)
            case .table where self.output.quiet: printer.printNames(reports)
            case .table: printer.printTable(reports, unattributed: unattributed)
            }
            return reports.allSatisfy(\.findings.isEmpty) ? .success : .failed
        }
    }
}
