import BackupDomain
import BackupEngine
import Foundation

/// How a run's backup is now, beside what its record says of it.
struct BackupNow: Encodable, Sendable {
    /// What can be said in one word.
    enum State: String, Encodable {
        /// It lies there as it was recorded.
        case present
        /// `prune` deleted it.
        case pruned
        /// What `verify` calls a finding.
        case vanished, shrunken, changed, empty, archived
        /// The identity may not look at it.
        case unseen
    }

    /// What can be said in one word.
    var state: State
    /// The size of what lies there; nil where there is nothing to be seen.
    var bytes: Int?
    /// The version of what lies there; nil where there is nothing to be seen.
    var etag: ETag?
    /// Why it could not be looked at; nil where it could.
    var refusal: String?

    /// Looks at a backup.
    ///
    /// - Parameters:
    ///   - record: The record of the run that made it.
    ///   - deletion: What `prune` did with it; nil where it did nothing.
    ///   - blobs: The account's blob service.
    /// - Returns: How it is; nil where the record names no backup.
    /// - Throws: ``BackupDomain/BackupError`` where the blob service does not answer.
    static func look(
        at record: RunRecord,
        deletion: BackupDeletions.Entry?,
        in blobs: any BlobStorage
    ) async throws -> BackupNow? {
        guard let backup = record.backup else { return nil }
        switch try await BackupLook(at: backup.name, in: backup.container, of: blobs) {
        case .seen(let observation): return BackupNow(record, deletion, observation)
        case .refused(let error): return BackupNow(state: .unseen, refusal: error.message)
        }
    }

    private init(state: State, refusal: String? = nil) {
        self.state = state
        self.refusal = refusal
    }

    /// Judges what was seen.
    ///
    /// - Parameters:
    ///   - record: The record of the run.
    ///   - deletion: What `prune` did with the backup; nil where it did nothing.
    ///   - observation: The blob as it is.
    init(_ record: RunRecord, _ deletion: BackupDeletions.Entry?, _ observation: BlobObservation) {
        let run = SummarizedRun(record)
        let finding = run.finding(of: observation, at: run.changedAt)
        self.state =
            switch finding?.kind {
            case nil: .present
            case .vanished: deletion == nil ? .vanished : .pruned
            case .shrunken: .shrunken
            case .changed: .changed
            case .empty: .empty
            case .archived: .archived
            }
        guard case .present(let blob) = observation else { return }
        self.bytes = blob.bytes
        self.etag = blob.etag
    }

    /// Whether there is nothing to restore from it.
    var isLost: Bool { self.state != .present && self.state != .unseen }

    /// What is wrong, in words; empty where nothing is.
    ///
    /// - Parameter record: The record of the run that made it.
    /// - Returns: Labels with texts.
    func facts(of record: RunRecord) -> [(String, String)] {
        guard self.state != .present, let backup = record.backup else { return [] }
        let place = "\(backup.account)/\(backup.container)"
        let verify = ("what to do", "'apim-backup verify \(record.instance.name)' says which backups are left")
        let bytes = self.bytes == 1 ? "1 byte" : "\(self.bytes ?? 0) bytes"
        let sizes = "it has \(bytes), and had \(backup.bytes.map(String.init) ?? "none that were seen")"
        let words =
            switch self.state {
            case .present: ""
            case .pruned: "pruned: retention deleted it from \(place)"
            case .vanished: "vanished: it is not in \(place), and prune did not delete it"
            case .shrunken: "shrunken: it was written over since its run; \(sizes)"
            case .changed: "changed: it was written over since its run; \(sizes)"
            case .empty: "empty: it holds nothing"
            case .archived:
                "archived: it lies in the tier Archive, from which Azure restores nothing; bring it back to Hot or Cool first, "
                    + "which takes hours"
            case .unseen: "could not be looked at: \(self.refusal ?? "")"
            }
        return [("backup", backup.name), ("state", words)] + (self.isLost && self.state != .pruned ? [verify] : [])
    }
}
