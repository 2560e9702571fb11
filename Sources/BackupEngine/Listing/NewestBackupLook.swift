package import BackupDomain
package import FoundationEssentials

/// A look at the newest good backup of an instance, so that no verdict counts one that is gone, empty or another blob by now.
///
/// Takes one call. Where that backup is lost, those before it are looked at one after the other, until one is there as it was
/// recorded: none but the backups in the summary that Azure still restores. The summary in the catalog stays as it is, which
/// is `verify`'s.
package struct NewestBackupLook: Sendable {
    /// The summary, knowing what the look showed.
    package private(set) var summary: InstanceSummary
    /// The name of the newest good backup before the look; nil where there is none that Azure still restores.
    package let newest: String?
    /// What is wrong with the backups that are lost, by their names.
    package private(set) var findings: [String: VerificationFinding] = [:]
    /// Why the backups could not be looked at; nil where they could, or nobody tried.
    package private(set) var refusal: BackupError?
    /// Whether the newest good backup lies there as it was recorded; nil where nobody could look.
    package private(set) var isIntact: Bool?

    /// Looks.
    ///
    /// - Parameters:
    ///   - summary: The instance's newest runs.
    ///   - now: The present instant.
    ///   - blobs: The account's blob service; nil where nobody is to look.
    /// - Throws: ``BackupDomain/BackupError`` where the blob service does not answer; that it forbids to look is kept.
    package init(_ summary: InstanceSummary, at now: Date, in blobs: (any BlobStorage)?) async throws {
        self.summary = summary
        let known = [summary.lastGood].compactMap(\.self) + summary.runs.filter { $0.run != summary.lastGood?.run }
        let good = known.filter { $0.isRecoveryPoint(at: now) && $0.backupName != nil }
        self.newest = good.first?.backupName
        guard let blobs else { return }
        for run in good {
            guard let name = run.backupName else { continue }
            let observation: BlobObservation
            switch try await BackupLook(at: name, in: run.container, of: blobs) {
            case .seen(let seen): observation = seen
            case .refused(let error):
                self.refusal = error
                return
            }
            guard let finding = run.finding(of: observation, at: now) else {
                self.isIntact = self.findings.isEmpty
                return
            }
            self.isIntact = false
            self.findings[name] = finding
            // The check that is known may be of a clock that goes before ours.
            self.summary.note(finding.kind.standing, of: run.run, at: max(now, run.standingAt ?? now))
        }
    }
}
