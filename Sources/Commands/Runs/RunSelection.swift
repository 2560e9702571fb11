import BackupDomain
import Settings

extension ProgramSettings {
    /// The instances that a command line asks for.
    ///
    /// - Parameters:
    ///   - references: Names or resource ids; none for all that are listed.
    ///   - resourceGroup: Narrows the search for those that are given by name; nil for what the settings say.
    /// - Returns: Each once, with its settings or why they cannot be used.
    /// - Throws: ``BackupDomain/BackupError`` where all are wanted and none is listed, or the only one has none that can be
    ///   used.
    func wanted(_ references: [String], resourceGroup: String?) throws(BackupError) -> [FleetRun.Wanted] {
        if references.isEmpty {
            guard !self.instances.isEmpty else {
                throw BackupError(
                    .invalidInput,
                    "The settings list no instance.",
                    remedy:
                        "List them under 'instances' in the settings file, or in APIM_BACKUP_INSTANCES. 'apim-backup "
                        + "config generate --from-azure' lists those that this identity can see."
                )
            }
            return self.instances.map { ($0.reference, .success($0)) }
        }
        var wanted: [FleetRun.Wanted] = []
        for reference in references
        where !wanted.contains(where: { $0.reference.lowercased() == reference.lowercased() }) {
            do throws(BackupError) {
                var instance = try self.instanceOrStandard(reference)
                if let resourceGroup, instance.id == nil { instance.resourceGroup = resourceGroup }
                _ = try instance.backup.storage.requiredAccount()
                wanted.append((reference, .success(instance)))
            } catch {
                wanted.append((reference, .failure(error)))
            }
        }
        if case .failure(let error)? = wanted.first?.settings, wanted.count == 1 { throw error }
        return wanted
    }
}
