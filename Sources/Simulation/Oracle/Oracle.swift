import BackupDomain
import FoundationEssentials

/// Watches every step from Azure's side, and notes what must never happen.
struct Oracle {
    /// What the simulated Azure itself knows when something is judged.
    struct Account {
        /// What lies, and ever lay, in the container of backups.
        var backups: BlobShelf
        /// The backups that API Management accepted.
        var operations: [BackupOperation]
        /// The present in milliseconds since 1970.
        var now: Int64
    }

    /// What is known of a run's record.
    struct Known {
        var text: RecordText
        var writer: Int
        var writtenAt: Int64
        /// When it was written first.
        var begunAt: Int64
    }

    /// What is known of a process.
    struct Work {
        /// When it began.
        var began: Int64
        /// What it prunes by, if it prunes.
        var policy: RetentionPolicy?
        /// How many times of the schedule it has begun.
        var runs = 0
        /// For how many milliseconds it follows what Azure has accepted; nil for as long as it takes.
        var patience: Int64?
    }

    /// One write in how many is read again with the shipped decoder, which takes as long as all the rest of the oracle.
    private static let replayedShare = 16

    var records: [String: Known] = [:]
    /// What is known of the records of restores.
    var restores: [String: Known] = [:]
    /// Who has left a run for lack of time, by its id.
    var leavings: [String: [Leaving]] = [:]
    /// The runs whose records name a blob, by its name.
    var runs: [String: String] = [:]
    /// The versions that records of verified runs claim, and the runs.
    var claims: [String: String] = [:]
    var works: [Int: Work] = [:]
    /// The summary as it was written last, and by whom each run's standing was.
    var summary = SummaryText()
    var standingWriters: [String: Int] = [:]
    /// What checks were said to have shown, by the backups' names.
    var verifications: [String: VerificationText] = [:]
    /// What `prune` wrote down last of each backup, by its name.
    var deletions: [String: DeletionText] = [:]
    /// The backups of which somebody was told that no prune deletes them.
    var pinned: Set<String> = []
    /// When somebody acknowledged last that backups became smaller.
    var acknowledgedAt: Int64?

    /// The schedule, where machines look for what is due.
    var course: ScheduleCourse?
    /// Its history as it was written last, what it says of each time, and for which times runs were ever ordered.
    var history: HistoryText?
    var decisions: [Int: String] = [:]
    var ordered: Set<Int> = []
    /// What was told of each incident, by its id.
    var incidents: [String: Told] = [:]
    /// The incidents of which a notice was given up, since nobody took or sent it for a day.
    var givenUp: Set<String> = []
    /// How often an incident was told that was told more often than it may be, until the process that told it has ended.
    var toldTooOften: [String: String] = [:]

    private(set) var violations: [Violation] = []
    /// How many records ended with each outcome.
    var outcomes: [String: Int] = [:]
    private var writes = 0
    /// The last moment at which the storage account refused or lost a call.
    var lastStorageFault: Int64 = 0

    /// How a run's record says that it ended; nil until it does.
    func outcome(of run: String) -> String? { self.records[run]?.text.outcome }

    /// What is known of the record of the run that posted an operation.
    func record(of operation: BackupOperation) -> RecordText? {
        (operation.isRestore ? self.restores : self.records)[operation.run]?.text
    }

    /// Since when a process has been at work; the beginning of time where nobody said.
    func began(_ process: Int) -> Int64 { self.works[process]?.began ?? 0 }

    /// Whether this write is one of those that the shipped decoder reads again.
    mutating func isShareDue() -> Bool {
        self.writes += 1
        return self.writes % Self.replayedShare == 0
    }

    /// Notes a broken invariant.
    mutating func violate(_ invariant: Invariant, _ text: String, at now: Int64) {
        self.violations.append(Violation(invariant: invariant, text: text, at: now))
    }

    /// A document of the catalog was written.
    ///
    /// - Returns: What it says, for the story; nil where that is of no interest.
    mutating func written(_ content: Data, as path: String, by process: Int, _ account: Account) -> String? {
        guard path.hasSuffix(".json") else { return nil }
        let document = IndentedJSON(content)
        if document.contains(SimulatedNames.secret) {
            self.violate(.noSecretIsShown, "\(path) holds a token", at: account.now)
        }
        let kind = path.split(separator: "/", maxSplits: 2).dropFirst().first
        switch kind {
        case "runs": return self.recorded(document, content, as: path, by: process, account)
        case "restores": return self.restoreRecorded(document, content, as: path, by: process, account)
        case "latest": return self.summarized(document, content, as: path, by: process, account)
        case "verifications": return self.checked(document, by: process, account)
        case "prunes": return self.pruned(document)
        case "schedules": return self.decided(document, at: account.now)
        case "acknowledgements":
            self.acknowledgedAt = account.now
            return "an acknowledgement"
        default: return nil
        }
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

    /// Whether the run goes on, by its record, that makes the backup of this name.
    func isOpen(_ name: String) -> Bool {
        self.records.values.contains { known in
            known.text.outcome == nil && known.text.attempts.contains { $0.name == name }
        }
    }

    /// An operation is asked about.
    mutating func polled(_ operation: BackupOperation, at now: Int64) {
        // Where the storage account did not take the record, the backup is followed all the same.
        guard now - self.lastStorageFault > 15 * 60_000, let record = self.record(of: operation) else { return }
        let place = "/op\(operation.number)?"
        if !record.attempts.contains(where: { $0.location?.contains(place) ?? false }) {
            self.violate(
                .everyPostIsRecorded,
                "op\(operation.number) is polled, and no record has its Location",
                at: now
            )
        }
    }
}
