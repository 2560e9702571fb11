import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation
import Settings

/// `apim-backup lock`: the locks that keep an instance's runs one at a time.
struct LockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "See or break the locks that keep runs one at a time.",
        discussion: """
            A lock is the lease of a blob in the catalog container. It ends within a minute after its holder died: it \
            never needs to be broken after a crash.
            """,
        subcommands: [Status.self, Break.self]
    )

    /// `apim-backup lock status`: which instances are locked.
    struct Status: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Show which instances have a run at work, which one, since when and by which program."
        )

        /// One element of the JSON document.
        struct Row: Encodable {
            var instanceKey: String
            var isHeld: Bool
            /// The oldest run without an outcome, which its holder goes on with first; nil where the lock is free.
            var holder: Holder?

            private enum CodingKeys: String, CodingKey {
                case instanceKey, holder
                case isHeld = "held"
            }

            /// What the record of the run tells of who holds the lock.
            struct Holder: Encodable {
                var run: RunID
                var state: RunState
                /// When it came to the run: at its beginning, or when it took it over.
                var since: Date
                var program: String

                init(_ record: RunRecord) {
                    self.run = record.run
                    self.state = record.state
                    self.since = record.takeovers?.last?.at ?? record.history.first?.at ?? record.nominalAt
                    self.program = record.program
                }
            }

            /// The row of a table.
            var cells: [String] {
                [
                    self.instanceKey, self.isHeld ? "held" : "free", self.holder?.run.text ?? "-",
                    self.holder?.state.rawValue ?? "-", self.holder.map { Quantities.minute($0.since) } ?? "-",
                    self.holder?.program ?? "-",
                ]
            }
        }

        @Argument(help: "The instance's name; all instances by default.", transform: GivenName.read)
        var instance: String?

        @OptionGroup var storage: StorageOptions
        @OptionGroup var azure: AzureOptions
        @OptionGroup var output: OutputOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
                let now = connection.clock.now
                var places: [String] = []
                let (found, errors) = try await connection.inEach { opened in
                    var rows: [Row] = []
                    places.append(opened.catalogPlace)
                    for (key, lock) in try await opened.locks(of: self.instance) {
                        let isHeld = try await lock.isHeld()
                        let open = isHeld ? try await opened.records.unfinishedRuns(of: key, at: now) : nil
                        for refused in open?.refused ?? [] { connection.warn(refused.error(of: key.instanceName)) }
                        let holder = open?.records.first.map { Row.Holder($0) }
                        rows.append(Row(instanceKey: key.text, isHeld: isHeld, holder: holder))
                    }
                    return rows
                }
                let rows = found.flatMap(\.self)
                if let name = self.instance, rows.isEmpty, errors.isEmpty,
                    !connection.settings.instances.contains(where: { $0.isNamed(name) })
                {
                    throw BackupError.unrecorded(name, in: places)
                }
                switch self.output.format {
                case .json: context.terminal.printDocument(rows)
                case .table where self.output.quiet:
                    for row in rows where row.isHeld { context.terminal.print(row.instanceKey) }
                case .table:
                    let table = Table(
                        [
                            .init("INSTANCE"), .init("LOCK"), .init("RUN"), .init("STATE"), .init("SINCE (UTC)"),
                            .init("PROGRAM"),
                        ],
                        rows: rows.map(\.cells)
                    )
                    for line in table.lines { context.terminal.print(line) }
                }
                for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
                return errors.isEmpty ? .success : .someFailed
            }
        }
    }

    /// `apim-backup lock break`: ends the lock of one instance.
    struct Break: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "break",
            abstract:
                "End the lock of an instance; its holder stops at its next renewal, and the backup goes on in Azure."
        )

        @Argument(help: "The instance's name, or its key as 'lock status' shows it.", transform: GivenName.read)
        var instance: String

        @OptionGroup var storage: StorageOptions
        @OptionGroup var azure: AzureOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
                let (key, wasHeld) = try await connection.whereFound(self.instance) { opened in
                    let locks = try await opened.locks(of: self.instance)
                    guard let (key, lock) = locks.first, locks.count == 1 else {
                        throw BackupError(
                            .notFound,
                            locks.isEmpty
                                ? "No instance '\(self.instance)' has records in the catalog."
                                : "\(locks.count) instances are named '\(self.instance)': "
                                    + locks.map(\.0.text).joined(separator: ", ") + ".",
                            remedy: "Name one by its key, as 'apim-backup lock status' shows it."
                        )
                    }
                    let wasHeld = try await lock.isHeld()
                    try await lock.breakOpen()
                    return (key, wasHeld)
                }
                context.terminal.print(
                    wasHeld
                        ? "The lock of \(key) is broken."
                        : "Nobody held the lock of \(key); there was nothing to break."
                )
                return .success
            }
        }
    }
}

extension OpenedStorage {
    /// The locks of the instances that have records.
    ///
    /// - Parameter name: An instance's name or key; nil for all.
    /// - Returns: Each instance's key with its lock.
    /// - Throws: ``BackupDomain/BackupError``
    fileprivate func locks(of name: String?) async throws -> [(InstanceKey, InstanceLock)] {
        let wanted = name.map { (ResourceID($0)?.name ?? $0).lowercased() }
        return try await self.catalog.instances()
            .filter { wanted == nil || $0.text == wanted || $0.instanceName == wanted }
            .map { ($0, self.lock(of: $0)) }
    }
}
