import ArgumentParser
import BackupDomain
import BackupEngine

/// Which instances a command is about: one, or all that have records.
struct InstanceSelection: ParsableArguments {
    @Argument(help: "The instance's name, key or resource id.")
    var instance: String?

    @Flag(help: "All instances that have records.")
    var all = false

    func validate() throws {
        if self.all == (self.instance != nil) { throw ValidationError("Name an instance, or give --all.") }
    }

    /// The instances' keys.
    ///
    /// - Parameter seen: The container of backups.
    /// - Returns: At least one key for a name; all, perhaps none, with `--all`.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where no instance of that name has records.
    func keys(in seen: BackupContainer) throws(BackupError) -> [InstanceKey] {
        guard let instance = self.instance else { return seen.instances }
        return try seen.instances(named: instance)
    }
}
