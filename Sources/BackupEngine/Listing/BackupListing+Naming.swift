import BackupDomain
import FoundationEssentials

/// Which record names a backup.
extension BackupListing {
    /// What came of the search for the record that names a backup.
    struct Naming: Sendable {
        /// The record; nil where none that can be read here names the backup.
        fileprivate(set) var record: RunRecord?
        /// That only a newer release can read a record of the time in the name, which may be the one; nil where there is none.
        fileprivate(set) var refusal: BackupError?
        /// The runs of the time in the name whose records are damaged: one of them may have named the backup.
        fileprivate(set) var damaged: [RunID] = []
    }

    /// Searches for the record that names a backup, and ends with the first.
    ///
    /// Each name of ours holds the instance's name and the nominal time, wherever the template puts them: so it is searched
    /// for with the instances whose names occur in it only, of each in the months of its times. That takes a call for each of
    /// the few, and one for each record of those months.
    ///
    /// - Parameter backup: The backup's name.
    /// - Returns: What came of it; where nothing did, no record names the backup.
    /// - Throws: ``BackupDomain/BackupError``
    func naming(_ backup: String) async throws -> Naming {
        // The id of a run that was asked for carries milliseconds, and may round them to the next second.
        let times = Set(BackupNameTemplate.times(in: backup).flatMap { [$0, $0 + 1] })
        var naming = Naming()
        guard !times.isEmpty else { return naming }
        for key in Self.makers(of: backup, among: try await self.records.instances()) {
            let runs = try await self.records.runs(inMonthsOf: Array(times), of: key)
            let likely = runs.filter { times.contains($0.nominalAt) }
            for runs in [likely, runs.filter { !likely.contains($0) }] {
                let read = try await self.records.records(runs, of: key)
                naming.record = read.records.first { $0.attempts.contains { $0.backupName == backup } }
                if naming.record != nil { return naming }
                let refused = read.refused.first { times.contains($0.nominalAt) }
                naming.refusal = naming.refusal ?? refused?.error(of: key.instanceName)
                naming.damaged += read.damaged.filter { times.contains($0.nominalAt) }
            }
        }
        return naming
    }

    /// The instances whose names occur in a backup's: first those that it begins with, of each kind the longest first.
    private static func makers(of backup: String, among instances: [InstanceKey]) -> [InstanceKey] {
        let name = backup.lowercased()
        func rank(_ key: InstanceKey) -> (Int, Int, InstanceKey) {
            (name.hasPrefix(key.instanceName) ? 0 : 1, -key.instanceName.utf8.count, key)
        }
        return instances.filter { name.contains($0.instanceName) }.sorted { rank($0) < rank($1) }
    }
}
