package import FoundationEssentials

/// All that alerts go by for one instance: what is recorded of it, and what is expected.
package struct InstanceWatch: Sendable, Hashable {
    /// The instance's resource id.
    package var instance: ResourceID
    /// The account that its backups go to.
    package var storageAccount: String
    /// Its newest runs; nil where no run is recorded.
    package var summary: InstanceSummary?
    /// What the last check saw of backups that others made; nil where there are none.
    package var adopted: AdoptedBackups?
    /// The pause of its schedule that is in force.
    package var pause: SchedulePause?
    /// The newest nominal times of its schedule that have come, newest first; nil where no schedule of ours backs it up.
    package var expected: [ExpectedRun]?
    /// The next nominal time; nil where none is known.
    package var next: ExpectedRun?
    /// How old its newest good backup may be.
    package var ageLimit = AgeLimit(interval: nil)
    /// What the doctor found at the last checkup; nil where nobody has looked.
    package var checkup: CheckupRecord?
    /// The checks that nobody is told of.
    package var ignoredChecks: Set<String> = []
    /// What trips the shrink guard; nil where nothing does, or where nothing is ever deleted.
    package var shrink: ShrinkGuard.Alarm?
    /// The drills with its backups; nil where there are to be none.
    package var drill: DrillWatch?
    /// Whether rules of retention release its backups, so that they would pile up while these are blocked.
    package var isPruned: Bool
    /// Whether only its inventory is taken, so that no backup is expected.
    package var isInventoryOnly = false

    /// Creates a watch on an instance of which nothing is known and nothing expected.
    ///
    /// - Parameters:
    ///   - instance: The instance's resource id.
    ///   - storageAccount: The account that its backups go to.
    package init(instance: ResourceID, storageAccount: String) {
        self.instance = instance
        self.storageAccount = storageAccount
        self.isPruned = false
    }

    /// The instance's key.
    package var key: InstanceKey { InstanceKey(self.instance) }

    /// How long runs of the instance usually take: the median of the last ten verified ones; nil where there is none.
    package var usualDuration: Duration? { self.summary?.usualDuration }

    /// The oldest that its newest good backup may be; nil where nothing is expected.
    package var allowedAge: Duration? { self.ageLimit.allowed(usualDuration: self.usualDuration) }

    /// When a run should have ended: twice its usual duration after its start, but no less than an hour.
    ///
    /// One that makes up for a time that passed, and is under way, has its time from when it began.
    ///
    /// - Parameter run: The run.
    /// - Returns: The instant after which its absence is told.
    package func deadline(of run: ExpectedRun) -> Date {
        let id = RunID(instance: self.instance, nominalAt: run.nominalAt)
        let underWay = self.summary?.runs.first { $0.run == id && $0.state != .ended }
        let start = underWay?.startedAt.map { max($0, run.startsAt) } ?? run.startsAt
        return start + max(AlertRules.shortestRun, (self.usualDuration ?? .zero) * 2).timeInterval
    }

    /// The newest runs that did what is wanted of the instance, or were to: backups, or inventories only.
    var wantedRuns: [SummarizedRun] { self.summary?.runs.filter { $0.isInventoryOnly == self.isInventoryOnly } ?? [] }

    /// The newest run that says anything of the backups, or of the inventories where only these are taken.
    package var decisiveRun: SummarizedRun? { self.wantedRuns.first(where: \.isDecisive) }

    /// The newest decisive runs that did not end well, newest first; empty where the newest one did.
    package var failingRuns: [SummarizedRun] {
        Array(self.wantedRuns.filter(\.isDecisive).prefix { $0.outcome?.isGood != true })
    }

    /// The newest good backup, or the newest run that took an inventory where only these are taken.
    package var newestGood: SummarizedRun? {
        self.isInventoryOnly ? self.wantedRuns.first { $0.outcome == .inventoried } : self.summary?.lastGood
    }

    /// The oldest of the failing runs that no good one has followed; nil where the newest decisive run is good.
    package var firstFailingRun: SummarizedRun? { self.failingRuns.last }
}
