import BackupDomain
import BackupEngine
import FoundationEssentials

extension RunbookEntry {
    /// Takes the newest backup that Azure still restores and that lies there as it was recorded, by the look that `status` takes.
    ///
    /// - Parameters:
    ///   - verified: The records of verified backups, newest first.
    ///   - key: The instance's key.
    ///   - opened: The containers.
    ///   - now: The present instant.
    /// - Throws: ``BackupDomain/BackupError``
    mutating func note(
        _ verified: [RunRecord],
        of key: InstanceKey,
        in opened: OpenedStorage,
        at now: Date
    ) async throws {
        self.wasBackedUp = !verified.isEmpty
        let safety = try await SafetyBackups(of: key, in: opened.restores)
        // One that was made before a restore holds what that restore was to replace.
        let records = verified.filter { $0.beforeRestoreOf == nil && safety.restored(after: $0.run) == nil }
        guard let first = records.first else { return }
        let summary = records.dropFirst().reduce(into: InstanceSummary(first)) { $0.note($1) }
        let blobs = opened.records.isClosed ? nil : opened.storage.blobs
        let look = try await NewestBackupLook(summary, at: now, in: blobs)
        self.lost = look.findings.keys.sorted(by: >)
        self.unseen = look.refusal?.message
        let good = look.summary.runs.filter { $0.isRecoveryPoint(at: now) }.max { $0.nominalAt < $1.nominalAt }
        self.newest = records.first { $0.run == good?.run }
    }
}
