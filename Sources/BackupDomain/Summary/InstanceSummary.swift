package import FoundationEssentials

/// An instance's newest runs in one document, so that what reads it costs the same after ten years of nights.
///
/// The records win: a summary names the runs that it has seen, and who reads it completes it from the records that it
/// lacks. It carries a ``version`` as records do; one that cannot be read is made anew from the records.
package struct InstanceSummary: Sendable, Codable, Hashable, CatalogDocument {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// How many of the newest runs a summary holds: with one each night those of 60 days, twice what Azure restores from.
    ///
    /// Older ones without an outcome are held too: a run must not be forgotten because others came after it.
    package static let mostRuns = 60
    /// How many runs the usual duration is taken of.
    private static let usualRuns = 10

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// The instance as its newest run found it.
    package private(set) var instance: RecordedInstance
    /// The newest run that the summary has seen.
    package private(set) var lastRecord: RunID
    /// The newest runs, and older ones without an outcome, newest first.
    package private(set) var runs: [SummarizedRun]
    /// The newest good backup, also where it is older than all ``runs``.
    package private(set) var lastGood: SummarizedRun?
    /// The backup that fell furthest below the ten before it, of those that have left the summary or are about to; nil
    /// where none fell, and in summaries of older releases.
    ///
    /// The shrink guard stays tripped by it until somebody acknowledges. It is the last of ``falls``, for programs that know no other.
    package private(set) var deepestFall: ShrinkGuard.Alarm?
    /// The falls of such backups that no newer one outdoes, newest first, each as deep as the one before it or deeper; nil where
    /// none fell, and in summaries of older releases.
    ///
    /// Whatever is acknowledged and whatever the guard's threshold is: where a backup fell short, one of these did.
    package private(set) var falls: [ShrinkGuard.Alarm]?
    /// The records of a newer version, newest first; nil where there are none.
    ///
    /// Those of the time of ``runs``, and older ones that may be open. They are read again each time, since the program may
    /// be a newer one by then.
    package private(set) var refused: [RefusedRecord]?

    /// How many falls are kept: more would each have to be deeper than all after it.
    static let mostFalls = 12

    /// Begins a summary with one run.
    ///
    /// - Parameter record: The run's record.
    package init(_ record: RunRecord) {
        self.instance = record.instance
        self.lastRecord = record.run
        self.runs = []
        self.note(record)
    }

    /// The key that the summary is filed under.
    package var instanceKey: InstanceKey { InstanceKey(self.instance.id) }

    /// The newest run of those that are not skipped by age.
    package var lastRun: SummarizedRun? { self.runs.first }

    /// The oldest of the newest runs: what is older is missing from the summary on purpose; nil where nothing is.
    package var oldestRun: RunID? {
        self.runs.count < Self.mostRuns ? nil : self.runs[Self.mostRuns - 1].run
    }

    /// The runs without an outcome.
    package var unfinished: [SummarizedRun] { self.runs.filter { $0.state != .ended } }

    /// How long runs of the instance usually take: the median of the last ten verified ones; nil where there is none.
    package var usualDuration: Duration? {
        let durations = self.runs.filter { $0.outcome == .verified }.compactMap(\.duration)
            .prefix(Self.usualRuns).sorted()
        return durations.isEmpty ? nil : durations[durations.count / 2]
    }

    /// Takes in what a record says, in place of whatever was known of its run.
    ///
    /// What a later look at the backup showed is kept.
    ///
    /// - Parameter record: The record.
    package mutating func note(_ record: RunRecord) {
        var run = SummarizedRun(record)
        if let index = self.runs.firstIndex(where: { $0.run == run.run }) {
            run.standing = self.runs[index].standing
            run.standingAt = self.runs[index].standingAt
            self.runs.remove(at: index)
        }
        let place = self.runs.firstIndex { $0.run < run.run } ?? self.runs.count
        self.runs.insert(run, at: place)
        self.rememberFall()
        let open = self.runs.dropFirst(Self.mostRuns).filter { $0.state != .ended }
        self.runs = self.runs.prefix(Self.mostRuns) + open
        if record.run >= self.lastRecord {
            self.lastRecord = record.run
            self.instance = record.instance
        }
        self.chooseLastGood(among: [run])
    }

    /// Takes in which records only a newer release can honour, in place of what was known.
    ///
    /// - Parameter records: The records.
    package mutating func refuse(_ records: [RefusedRecord]) {
        let oldest = self.oldestRun
        let kept = records.filter { record in !record.isEnded || oldest.map { $0 < record.run } ?? true }
        self.refused = kept.isEmpty ? nil : kept.sorted { $0.run > $1.run }
        // What was known of a run while it was open says nothing any more.
        let runs = Set(kept.map(\.run))
        self.runs.removeAll { $0.state != .ended && runs.contains($0.run) }
    }

    /// Takes in what a look at a run's backup showed, unless a later look is known: who looks first may write last.
    ///
    /// - Parameters:
    ///   - standing: What it showed.
    ///   - run: The run.
    ///   - date: When the look was, by the blob service's clock.
    package mutating func note(_ standing: SummarizedRun.Standing, of run: RunID, at date: Date) {
        // Only what is as exact as the looks that were read can be told apart from them.
        let date = date.wholeMilliseconds
        if let index = self.runs.firstIndex(where: { $0.run == run }) {
            Self.note(standing, at: date, in: &self.runs[index])
        }
        if var good = self.lastGood, good.run == run {
            Self.note(standing, at: date, in: &good)
            self.lastGood = good
        }
        self.chooseLastGood(among: [])
    }

    private static func note(_ standing: SummarizedRun.Standing, at date: Date, in run: inout SummarizedRun) {
        if let known = run.standingAt, date < known { return }
        run.standing = standing
        run.standingAt = date
    }

    /// Keeps in mind how far a backup fell whose ten predecessors are about to leave the summary.
    private mutating func rememberFall() {
        guard self.runs.count > Self.mostRuns else { return }
        let oldest = self.runs.compactMap(SizedBackup.init).sorted().prefix(ShrinkGuard.window + 1)
        guard let fall = ShrinkGuard.fall(Array(oldest)) else { return }
        let known = self.knownFalls.filter { $0.name != fall.name && $0.share <= fall.share }
        // Of equal ones the first names what happened, and the last tells whether it was after an acknowledgement.
        let equal = known.prefix { $0.share == fall.share }
        self.falls = Array(([fall] + equal.suffix(1) + known.dropFirst(equal.count)).prefix(Self.mostFalls))
        self.deepestFall = self.falls?.last
    }

    /// The falls that are remembered, newest first.
    var knownFalls: [ShrinkGuard.Alarm] { self.falls ?? [self.deepestFall].compactMap(\.self) }

    private mutating func chooseLastGood(among others: [SummarizedRun]) {
        let candidates = self.runs + others + [self.lastGood].compactMap(\.self)
        self.lastGood = candidates.filter(\.isGood).max { $0.run < $1.run }
    }
}
