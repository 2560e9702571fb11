import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation
import Inventory

/// `apim-backup show`: all of one record, or of a backup that no record names.
struct ShowCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all that is recorded of one run, or known of a backup that others made.",
        discussion: """
            Looks at the backup, too: what is wrong with it now comes first, and no command to restore it is shown where it \
            is gone, was pruned, or is another blob than the one that was recorded.
            """
    )

    @Argument(help: "A run's id, a backup's name, or an instance's name (its newest run).", transform: GivenName.read)
    var run: String

    @Flag(help: "Show what lay in the instance just before the backup.")
    var contents = false

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    private enum Found {
        case record(ShownRecord)
        case adopted(RecoveryPoint)
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            if self.contents {
                let night = try await connection.whereFound(self.run) { opened in
                    try await InventoryLibrary(opened: opened, now: connection.clock.now).night(named: self.run).night
                }
                self.print(night, context.terminal)
                return .success
            }
            let found = try await connection.whereFound(self.run) { try await self.find(in: $0) }
            self.print(found, at: connection.clock.now, context.terminal)
            return .success
        }
    }

    private func find(in opened: OpenedStorage) async throws -> Found {
        do {
            let record = try await opened.listing.record(named: self.run)
            guard !opened.records.isClosed else { return .record(ShownRecord(record: record)) }
            let history = try await opened.board.history(of: record.instanceKey)
            let leftOut = history?.leftOut(after: record.nominalAt) ?? []
            guard let backup = record.backup else { return .record(ShownRecord(record: record, leftOut: leftOut)) }
            let documents = try await opened.points.documents(
                about: backup.name,
                in: backup.container,
                of: record.instanceKey
            )
            let now = try await BackupNow.look(at: record, deletion: documents.deletion, in: opened.storage.blobs)
            return .record(ShownRecord(record: record, documents: documents, now: now, leftOut: leftOut))
        } catch let error as BackupError where error.code == .notFound && RunID(text: self.run) == nil {
            guard !opened.records.isClosed, let point = try await opened.points.adopted(named: self.run) else {
                throw error
            }
            return .adopted(point)
        } catch let error as BackupError where error.code == .notFound {
            guard let run = RunID(text: self.run), let restore = try await opened.restores.record(run) else {
                throw error
            }
            return .record(ShownRecord(record: restore))
        }
    }

    private func print(_ night: InventoriedNight, _ terminal: Terminal) {
        let printer = ContentsPrinter(terminal: terminal)
        switch self.output.format {
        case .json: terminal.printDocument(ContentsDocument(night))
        case .table where self.output.quiet: printer.printPaths(night)
        case .table: printer.print(night)
        }
    }

    private func print(_ found: Found, at now: Date, _ terminal: Terminal) {
        let printer = RecordPrinter(terminal: terminal)
        switch (found, self.output.format) {
        case (.record(let record), .json): terminal.printDocument(record)
        case (.record(let record), .table) where self.output.quiet: terminal.print(record.record.run.text)
        case (.record(let record), .table): printer.print(record)
        case (.adopted(let point), .json): terminal.printDocument(PointRow(point, now: now))
        case (.adopted(let point), .table) where self.output.quiet: terminal.print(point.name)
        case (.adopted(let point), .table): printer.print(adopted: point, at: now)
        }
    }
}
