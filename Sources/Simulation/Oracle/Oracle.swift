import FoundationEssentials

/// Watches every step from Azure's side, and notes what must never happen.
struct Oracle {
    /// What is known of a run's record.
    private struct Known {
        var text: RecordText
        var writer: Int
        var writtenAt: Int64
    }

    /// One write in how many is read again with the shipped decoder, which takes as long as all the rest of the oracle.
    private static let replayedShare = 8

    private var records: [String: Known] = [:]
    private(set) var violations: [Violation] = []
    /// How many records ended with each outcome.
    private(set) var outcomes: [String: Int] = [:]
    private var writes = 0
    /// The last moment at which the storage account refused or lost a call.
    var lastStorageFault: Int64 = 0

    /// How a run's record says that it ended; nil until it does.
    func outcome(of run: String) -> String? { self.records[run]?.text.outcome }

    /// Whether this write is one of those that the shipped decoder reads again.
    mutating func isShareDue() -> Bool {
        self.writes += 1
        return self.writes % Self.replayedShare == 0
    }

    /// Notes a broken invariant.
    mutating func violate(_ invariant: Invariant, _ text: String, at now: Int64) {
        self.violations.append(Violation(invariant: invariant, text: text, at: now))
    }

    // MARK: API Management

    /// A POST arrived.
    mutating func posted(_ run: String, _ name: String, at now: Int64) {
        let isIntended = self.records[run]?.text.attempts.contains { $0.name == name } ?? false
        if !isIntended {
            self.violate(.oneBackupForOneNight, "the POST of \(name) was not written down before it was made", at: now)
        }
    }

    /// A POST is accepted.
    mutating func accepted(_ run: String, _ name: String, among operations: [BackupOperation], at now: Int64) {
        for earlier in operations where earlier.run == run && earlier.isGood {
            self.violate(
                .oneBackupForOneNight,
                "\(name) is the second backup of the run \(run): op\(earlier.number) made \(earlier.name) already",
                at: now
            )
        }
    }

    /// An operation is asked about.
    mutating func polled(_ operation: BackupOperation, at now: Int64) {
        // Where the storage account did not take the record, the backup is followed all the same.
        guard now - self.lastStorageFault > 15 * 60_000, let record = self.records[operation.run]?.text else { return }
        let place = "/op\(operation.number)?"
        if !record.attempts.contains(where: { $0.location?.contains(place) ?? false }) {
            self.violate(
                .everyPostIsRecorded,
                "op\(operation.number) is polled, and no record has its Location",
                at: now
            )
        }
    }

    // MARK: the catalog

    /// A record was written.
    ///
    /// - Returns: What it says, for the story.
    mutating func written(
        _ content: Data,
        as path: String,
        by process: Int,
        _ backups: BlobShelf,
        _ operations: [BackupOperation],
        at now: Int64
    ) -> String {
        let document = IndentedJSON(content)
        let text = RecordText(document)
        if document.contains(SimulatedNames.secret) {
            self.violate(.noSecretIsShown, "the record of the run \(text.run) holds a token", at: now)
        }
        if let known = self.records[text.run] { self.compare(text, with: known, by: process, at: now) }
        if text.states.last != text.state {
            self.violate(
                .recordsReplay,
                "the record of the run \(text.run) says \(text.state), its history \(text.states)",
                at: now
            )
        }
        if text.outcome != nil { self.judge(text, backups, operations, at: now) }
        if self.isShareDue() { self.replay(content, path, at: now) }
        self.records[text.run] = Known(text: text, writer: process, writtenAt: now)
        return "\(text.run) \(text.state) \(text.outcome ?? "") generation \(text.generation)"
    }

    private mutating func compare(_ text: RecordText, with known: Known, by process: Int, at now: Int64) {
        let old = known.text
        if old.outcome != nil {
            self.violate(.recordsReplay, "the final record of the run \(text.run) was written again", at: now)
        }
        if !text.states.starts(with: old.states) {
            self.violate(.recordsReplay, "the history of the run \(text.run) was changed", at: now)
        }
        let isTakenOver = known.writer != process
        if text.generation < old.generation || (isTakenOver && text.generation == old.generation) {
            self.violate(
                .losersWriteNothing,
                "process \(process) wrote the run \(text.run), which process \(known.writer) had taken over",
                at: now
            )
        }
    }

    /// Holds a final record against what there is.
    private mutating func judge(
        _ text: RecordText,
        _ backups: BlobShelf,
        _ operations: [BackupOperation],
        at now: Int64
    ) {
        self.outcomes[text.outcome ?? "", default: 0] += 1
        for attempt in text.attempts where attempt.submission == "accepted" {
            guard !operations.contains(where: { $0.run == text.run && $0.name == attempt.name }) else { continue }
            self.violate(.recordsTellTheTruth, "the run \(text.run) says that Azure accepted \(attempt.name)", at: now)
        }
        if text.outcome == "verified" {
            self.judgeVerified(text, backups, operations, at: now)
        } else if text.outcome == "failed" {
            self.judgeFailed(text, operations, at: now)
        }
    }

    private mutating func judgeVerified(
        _ text: RecordText,
        _ backups: BlobShelf,
        _ operations: [BackupOperation],
        at now: Int64
    ) {
        guard let name = text.backupName, let blob = backups.blobs[name], text.bytes == blob.bytes,
            text.etag == blob.etag
        else {
            return self.violate(
                .recordsTellTheTruth,
                "the run \(text.run) says verified, and its blob is not as it says",
                at: now
            )
        }
        // The answer to the POST is what tells our blob from a stranger's; without it nothing does.
        let isAnswered = text.attempts.last.map { $0.name == name && $0.submission == "accepted" } ?? false
        let isOurs = operations.contains { $0.run == text.run && $0.name == name && $0.isBlobWhole }
        if blob.bytes == 0 || (isAnswered && !isOurs) {
            self.violate(
                .recordsTellTheTruth,
                "the run \(text.run) says verified of \(name), which is no backup of it",
                at: now
            )
        }
    }

    private mutating func judgeFailed(_ text: RecordText, _ operations: [BackupOperation], at now: Int64) {
        for operation in operations where operation.run == text.run && operation.succeeds && operation.isGood {
            guard operation.isBlobWhole, let blobAt = operation.blobAt, blobAt + 15 * 60_000 < now else { continue }
            self.violate(
                .recordsTellTheTruth,
                "the run \(text.run) says failed, and \(operation.name) has been good for long",
                at: now
            )
        }
    }

    // MARK: the end

    /// Looks at everything once no fault has struck for long enough.
    ///
    /// - Parameters:
    ///   - operations: What was accepted.
    ///   - last: The id of the run that was due last, without any fault.
    ///   - now: The present.
    mutating func conclude(_ operations: [BackupOperation], last: String, at now: Int64) {
        for record in self.records.values.map(\.text).sorted(by: { $0.run < $1.run }) where record.outcome == nil {
            self.violate(.everythingEnds, "the run \(record.run) is \(record.state) for ever", at: now)
        }
        if self.records[last]?.text.outcome != "verified" {
            let outcome = self.records[last]?.text.outcome ?? "nothing"
            self.violate(.everythingEnds, "the last night, which no fault touched, ended as \(outcome)", at: now)
        }
        for operation in operations {
            let attempt = self.records[operation.run]?.text.attempts.first { $0.name == operation.name }
            guard attempt == nil || attempt?.submission == "rejected" else { continue }
            self.violate(
                .everyPostIsRecorded,
                "Azure accepted \(operation.name), and the record of the run \(operation.run) does not say so",
                at: now
            )
        }
    }
}
