package import BackupDomain
package import FoundationEssentials

/// One line of a listing: a run, its backup, or a blob that no run of ours made.
package struct ListedBackup: Sendable {
    /// What can be said of it now.
    package enum State: Sendable, Hashable {
        /// The run goes on, or waits to be taken over.
        case underWay
        /// The run ended this way, and its blob, where it should have one, is there.
        case ended(RunOutcome)
        /// The run ended well, but its blob is gone.
        case missing
        /// The run ended well, and retention deleted its blob.
        case pruned
        /// The run ended well, but its blob is not the one that it left, or holds nothing.
        case lost(VerificationFinding.Kind)
        /// The record of a run that only a newer release can honour.
        case refused(RefusedRecord)
        /// A blob without a record of ours.
        case unrecorded
        /// Times of the schedule for which no run was made.
        case leftOut(ScheduleEntry.Outcome)

        /// The word for it in tables and JSON.
        package var word: String {
            switch self {
            case .underWay: "under way"
            case .ended(let outcome): outcome.rawValue
            case .missing: "missing"
            case .pruned: "pruned"
            case .lost(let kind): kind.rawValue
            case .refused: "newer version"
            case .unrecorded: "unrecorded"
            case .leftOut(let outcome): outcome.rawValue
            }
        }
    }

    /// What can be said of it now.
    package var state: State
    /// The instance's name; nil for an unrecorded blob whose name does not tell whose it is.
    package var instance: String?
    /// The run's id; nil for an unrecorded blob.
    package var run: RunID?
    /// The time for which the backup was made, or the blob's creation.
    package var at: Date
    /// The blob's name; nil where the run never came to name one.
    package var backupName: String?
    /// The blob's size; nil where there is no blob to be seen.
    package var bytes: Int?
    /// The size that the run saw; nil where it saw no blob, or made none.
    package var recordedBytes: Int?
    /// Until when Azure restores it; nil where there is nothing to restore.
    package var restorableUntil: Date?
    /// The pin that keeps it; nil where there is none, or where nobody has looked.
    package var pin: BackupPins.Change?
    /// What became of times of the schedule for which no run was made; nil for runs and blobs.
    package var leftOut: ScheduleEntry?
}

extension ListedBackup {
    /// Lists what was left out of an instance's schedule.
    ///
    /// - Parameter history: What became of its times.
    /// - Returns: A line for each entry, oldest first.
    package static func leftOut(_ history: ScheduleHistory) -> [Self] {
        history.entries.filter { $0.outcome != .run }.map { entry in
            var line = Self(state: .leftOut(entry.outcome), at: entry.from)
            line.instance = history.instance.name
            line.leftOut = entry
            return line
        }
    }

    private init(state: State, at: Date) {
        self.state = state
        self.at = at
    }
}

extension ListedBackup {
    /// Puts runs and blobs together, newest first.
    ///
    /// - Parameters:
    ///   - runs: The runs.
    ///   - refused: The records that only a newer release can honour; a blob whose name tells the instance and the time of
    ///     one belongs to it.
    ///   - blobs: What lies in the container of backups; nil where that cannot be seen.
    ///   - instance: Takes only blobs without a record that belong to this instance by their names; nil takes all.
    ///   - known: The names of the instances that blobs may belong to, in lower case.
    /// - Returns: A line for each run and for each blob that no run names.
    package static func merge(
        runs: [SummarizedRun],
        refused: [InstanceKey: [RefusedRecord]] = [:],
        blobs: [BlobProperties]?,
        instance: String?,
        known: Set<String> = []
    ) -> [Self] {
        let byName = Dictionary((blobs ?? []).map { ($0.name, $0) }) { first, _ in first }
        let named = Set(runs.flatMap(\.names))
        // Two runs of one second may have asked for one name, where nothing came of the first.
        let owners = Dictionary(runs.compactMap { run in run.backupName.map { ($0, run) } }) { first, second in
            second.isGood && !first.isGood ? second : first
        }
        let lines = runs.map { run in
            let name = run.backupName.flatMap { owners[$0]?.run == run.run ? $0 : nil }
            return Self(run, blob: name.flatMap { byName[$0] }, isSeen: blobs != nil)
        }
        let names = known.union(runs.map { $0.instance.lowercased() })
        var unread = refused.flatMap { key, records in records.map { Self(refused: $0, of: key.instanceName) } }
        let others = (blobs ?? []).compactMap { blob -> Self? in
            guard !named.contains(blob.name) else { return nil }
            let owner = BlobAttribution.owner(of: blob.name, among: names)?.name
            if !unread.isEmpty, let time = BackupNameTemplate.time(in: blob.name),
                let index = unread.firstIndex(where: { $0.instance == owner && $0.at.wholeSeconds == time })
            {
                unread[index].backupName = blob.name
                unread[index].bytes = blob.bytes
                return nil
            }
            guard instance.map({ $0.lowercased() == owner }) ?? true else { return nil }
            return Self(unrecorded: blob, of: owner)
        }
        return (lines + unread + others).sorted { first, second in
            (first.at, first.backupName ?? "") > (second.at, second.backupName ?? "")
        }
    }

    private init(_ run: SummarizedRun, blob: BlobProperties?, isSeen: Bool) {
        // What was never seen and does not lie there now was perhaps never written.
        let isGood = run.outcome == .verified || run.outcome == .unverified
        let finding = isGood ? blob.flatMap { run.finding(of: .present($0), at: run.changedAt) } : nil
        self.state =
            switch run.outcome {
            case nil: .underWay
            case _? where isGood && blob == nil && run.standing == .pruned: .pruned
            case _? where isGood && blob == nil && isSeen: .missing
            case let outcome?: finding.map { .lost($0.kind) } ?? .ended(outcome)
            }
        self.instance = run.instance
        self.run = run.run
        self.at = run.nominalAt
        self.backupName = run.backupName
        self.bytes = blob?.bytes
        self.recordedBytes = run.bytes
        self.restorableUntil =
            isGood && finding == nil ? blob.flatMap { run.restorableUntil ?? Self.restorableUntil($0) } : nil
    }

    private init(refused record: RefusedRecord, of instance: String) {
        self.state = .refused(record)
        self.instance = instance
        self.run = record.run
        self.at = record.nominalAt
    }

    private init(unrecorded blob: BlobProperties, of instance: String?) {
        self.state = .unrecorded
        self.instance = instance
        self.at = Self.created(blob)
        self.backupName = blob.name
        self.bytes = blob.bytes
        self.restorableUntil = Self.restorableUntil(blob)
    }

    private static func created(_ blob: BlobProperties) -> Date {
        blob.madeAt ?? Date(timeIntervalSince1970: 0)
    }

    private static func restorableUntil(_ blob: BlobProperties) -> Date {
        Self.created(blob) + RecordedBackup.restorableFor.timeInterval
    }
}
