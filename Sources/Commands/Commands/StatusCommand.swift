import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup status`: whether each instance could be restored today.
struct StatusCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say for each instance whether it is protected, at risk or unprotected, and why.",
        discussion: """
            Protected: there is a verified backup that Azure still restores, not older than its schedule or --max-age \
            allows, and the newest run went well. Inventory only: the tier has no backup, and what lies in the instance is \
            read in time. At risk: there is one, but something needs a person, also where backups have become small, only others \
            made some, or the instance was deleted and can still be brought back. Unprotected: there is none, also where the \
            settings list an instance that has no record. \
            A backup whose blob is gone, empty, written over or in the tier Archive does not count. \
            Exits with 0 when all are protected or inventory only, else with 1. Reads each instance's summary and looks at \
            its newest good backup, so it is as fast after ten years as on the first day; 'verify' looks at all.
            """
    )

    @Argument(
        help: "The instance's name; all instances that have records or are listed by default.",
        transform: GivenName.read
    )
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions

    @Option(
        help: """
            The oldest that the newest verified backup may be: a number with s, m, h or d. (default: what the settings \
            say for each instance, else its schedule's longest interval and twice the usual duration, two hours at least)
            """
    )
    var maxAge: String?

    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try self.settings(in: context)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            let name = self.instance.map { ResourceID($0)?.name ?? $0 }
            let now = connection.clock.now
            let expectations = Expectations(settings, zones: context.zones, at: now)
            let (found, errors) = try await connection.inEach { opened in
                let lines = try await opened.status.lines(
                    of: name,
                    expecting: expectations.expected(in: opened.settings),
                    standard: expectations.standard,
                    at: now
                )
                return (lines: lines, place: opened.catalogPlace, backups: opened.backupPlace)
            }
            var lines = found.flatMap(\.lines)
            let places = found.map(\.place)
            if let name, lines.isEmpty, errors.isEmpty { throw BackupError.unrecorded(name, in: places) }
            let deleted = await connection.deletedInstances(among: lines.compactMap(\.id))
            for notice in deleted {
                for index in lines.indices where lines[index].id == notice.instance.id {
                    lines[index].status.note(notice.instance, at: now)
                }
            }
            lines.sort(by: StatusReader.precedes)
            let printer = StatusPrinter(terminal: context.terminal, now: now, deleted: deleted)
            switch self.output.format {
            case .json: printer.printDocument(lines)
            case .table where self.output.quiet:
                for line in lines where !line.status.verdict.isWell { context.terminal.print(line.name) }
            case .table: printer.printTable(lines, catalog: places.joined(separator: ", "))
            }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            for found in found { found.lines.noteUnseenBackups(in: found.backups, context.terminal) }
            for line in await connection.channelWarnings() { context.terminal.note(line) }
            let isGood = !lines.isEmpty && errors.isEmpty && lines.allSatisfy(\.status.verdict.isWell)
            return isGood ? .success : .failed
        }
    }

    /// The settings; with `--storage-account` only those instances are expected that are backed up there.
    private func settings(in context: CommandContext) throws -> ProgramSettings {
        let maxAge = SettingFlag("maxAge", "--max-age", self.maxAge)
        var settings = try context.resolveSettings(self.azure, self.storage.flags + [maxAge]).checked()
        guard let account = self.storage.storageAccount else { return settings }
        let own = try context.resolveSettings(self.azure, [maxAge]).settings.instances
        settings.instances = zip(settings.instances, own).filter { $1.backup.storage.account == account }.map(\.0)
        return settings
    }
}
