import ArgumentParser
import BackupDomain
import BackupEngine

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
            abstract: "Show which instances have a run at work."
        )

        /// One element of the JSON document.
        struct Row: Encodable {
            var instanceKey: String
            var isHeld: Bool

            private enum CodingKeys: String, CodingKey {
                case instanceKey
                case isHeld = "held"
            }
        }

        @Argument(help: "The instance's name; all instances by default.")
        var instance: String?

        @OptionGroup var storage: StorageOptions
        @OptionGroup var azure: AzureOptions
        @OptionGroup var output: OutputOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            try await AzureConnection.with(self.azure, context: context) { connection in
                var rows: [Row] = []
                for (key, lock) in try await connection.locks(of: self.instance, self.storage, self.azure) {
                    rows.append(Row(instanceKey: key.text, isHeld: try await lock.isHeld()))
                }
                switch self.output.format {
                case .json: context.terminal.printDocument(rows)
                case .table where self.output.quiet:
                    for row in rows where row.isHeld { context.terminal.print(row.instanceKey) }
                case .table:
                    let table = Table(
                        [.init("INSTANCE"), .init("LOCK")],
                        rows: rows.map { [$0.instanceKey, $0.isHeld ? "held" : "free"] }
                    )
                    for line in table.lines { context.terminal.print(line) }
                }
                return .success
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

        @Argument(help: "The instance's name, or its key as 'lock status' shows it.")
        var instance: String

        @OptionGroup var storage: StorageOptions
        @OptionGroup var azure: AzureOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            try await AzureConnection.with(self.azure, context: context) { connection in
                let locks = try await connection.locks(of: self.instance, self.storage, self.azure)
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
                try await lock.breakOpen()
                context.terminal.print("The lock of \(key) is broken.")
                return .success
            }
        }
    }
}

extension AzureConnection {
    /// The locks of the instances that have records.
    ///
    /// - Parameters:
    ///   - name: An instance's name or key; nil for all.
    ///   - storage: Where the records are.
    ///   - azure: Which subscription to look in for the account.
    /// - Returns: Each instance's key with its lock.
    /// - Throws: ``BackupDomain/BackupError``
    fileprivate func locks(
        of name: String?,
        _ storage: StorageOptions,
        _ azure: AzureOptions
    ) async throws -> [(InstanceKey, InstanceLock)] {
        let account = try await self.storage(storage, subscription: self.subscription(azure))
        let keys = try await BlobCatalog(storage: account.blobs, container: storage.catalogContainer).instances()
        let wanted = name.map { (ResourceID($0)?.name ?? $0).lowercased() }
        return keys.filter { wanted == nil || $0.text == wanted || $0.instanceName == wanted }.map { key in
            (
                key,
                InstanceLock(
                    of: key,
                    blobs: account.blobs,
                    container: storage.catalogContainer,
                    clock: self.clock
                )
            )
        }
    }
}
