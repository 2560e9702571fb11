import ArgumentParser
import BackupDomain
import BackupEngine

/// Which instances a command is about: one, or all that have records or backups.
struct InstanceSelection: ParsableArguments {
    @Argument(help: "The instance's name, key or resource id.", transform: GivenName.read)
    var instance: String?

    @Flag(help: "All instances that have records or backups.")
    var all = false

    func validate() throws {
        guard self.all == (self.instance != nil) else { return }
        throw ValidationError(
            self.all
                ? "An instance is named and --all is given: take one of the two away."
                : "Name an instance, or give --all."
        )
    }

    /// Works on the instances: on the one that is named where its records are, or on all in each storage account.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - body: The work in one account: with its container of backups as it is, and the keys of the instances there, at
    ///     least one for a name, perhaps none with `--all`.
    /// - Returns: What came of the work, and the errors of accounts that could not be worked in.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where nothing is known of an instance of that name.
    func inEach<Value>(
        _ connection: AzureConnection,
        _ body: (OpenedStorage, BackupContainer, [InstanceKey]) async throws -> Value
    ) async throws -> (values: [Value], errors: [BackupError]) {
        guard let instance = self.instance else {
            return try await connection.inEach { opened in
                let seen = try await opened.points.look()
                return try await body(opened, seen, seen.instances)
            }
        }
        let value = try await connection.whereFound(instance) { opened in
            let seen = try await opened.points.look(for: instance)
            return try await body(opened, seen, try seen.instances(named: instance))
        }
        return ([value], [])
    }
}
