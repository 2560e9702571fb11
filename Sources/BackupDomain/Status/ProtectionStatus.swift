package import FoundationEssentials

/// Whether an instance could be restored today, and what endangers that.
package struct ProtectionStatus: Sendable, Hashable {
    /// The verdict.
    package enum Verdict: String, Sendable, Codable, CaseIterable {
        /// There is a verified backup, young enough, and the newest run went well.
        case protected
        /// Only its inventory is taken, as somebody wants; it is young enough, and the newest run went well.
        case inventoryOnly
        /// There is a verified backup that Azure restores, but something needs a person.
        case atRisk
        /// There is no verified backup that Azure restores.
        case unprotected

        /// Whether nobody needs to do anything.
        package var isWell: Bool { self == .protected || self == .inventoryOnly }
    }

    /// What an instance's backups are held to.
    package struct Expectation: Sendable, Hashable {
        /// How old the newest good backup may be.
        package var ageLimit: AgeLimit
        /// The longest that a run may be under way before it counts as stuck.
        package var maxUnderWay: Duration
        /// The share of the median size below which a backup needs a person's word; 0 turns that off.
        package var shrinkGuard: Double
        /// Whether only its inventory is to be taken; nil where nobody says so, and what its newest run did tells.
        package var isInventoryOnly: Bool?

        /// Creates an expectation; a backup each night, with two hours for it, by default.
        package init(
            ageLimit: AgeLimit = AgeLimit(),
            maxUnderWay: Duration = .seconds(24 * 3600),
            shrinkGuard: Double = RetentionPolicy().shrinkGuard,
            isInventoryOnly: Bool? = nil
        ) {
            self.ageLimit = ageLimit
            self.maxUnderWay = maxUnderWay
            self.shrinkGuard = shrinkGuard
            self.isInventoryOnly = isInventoryOnly
        }
    }

    /// The verdict.
    package var verdict: Verdict
    /// Why it is not ``Verdict/protected``; the gravest first, each a sentence.
    package var reasons: [String]
    /// The newest run that took an inventory; nil where none of the newest did.
    package var lastInventory: SummarizedRun?
    /// The newest good backup, whether it can still be restored or not.
    package var lastGood: SummarizedRun?
    /// The oldest that it may be; nil where nothing is expected.
    package var allowedAge: Duration?
    /// The newest run.
    package var lastRun: SummarizedRun?
    /// The records that only a newer release can honour and that the verdict lacks: of runs after ``lastRun``, and of runs
    /// that may be open; newest first.
    package var refused: [RefusedRecord]
    /// How many backups Azure can restore now, as far as the summary and the last check of adopted ones go.
    package var recoveryPoints: Int
    /// The adopted backups among them, newest first: somebody else made them, and the last check found them good.
    package var adopted: [AdoptedBackups.Point]
    /// Until when the newest of them can be restored.
    package var restorableUntil: Date?
    /// The pause of the schedule that is in force.
    package var pause: SchedulePause?
    /// The newest times of the schedule, where they were left out.
    package var leftOut: ScheduleEntry?
    /// The newest drill with its backups; nil where there was none.
    package var lastDrill: DrillHistory.Drill?
    /// The newest drill that was passed, which measured the recovery time; nil where there was none.
    package var lastPassedDrill: DrillHistory.Drill?

    /// Judges an instance.
    ///
    /// - Parameters:
    ///   - summary: The instance's newest runs; nil where no run is recorded.
    ///   - refused: The records that only a newer release can honour.
    ///   - adopted: What the last check saw of backups that others made; nil where there are none.
    ///   - findings: What a look at the blobs of its newest good backups showed just now, by their names; the summary knows of it.
    ///   - shrinkage: What trips the shrink guard; nil where nothing does, or where it was acknowledged.
    ///   - pause: The pause of its schedule that is in force.
    ///   - drills: What drills with its backups showed; nil where there were none, or nobody has looked.
    ///   - history: What became of its schedule's times; nil where no scheduler has seen one, or nobody has looked.
    ///   - expectation: What its backups are held to.
    ///   - now: The present instant.
    package init(
        _ summary: InstanceSummary?,
        refused: [RefusedRecord] = [],
        adopted: AdoptedBackups? = nil,
        findings: [String: VerificationFinding] = [:],
        shrinkage: ShrinkGuard.Alarm? = nil,
        pause: SchedulePause?,
        drills: DrillHistory? = nil,
        history: ScheduleHistory? = nil,
        expectation: Expectation,
        at now: Date
    ) {
        // The last good one is remembered, however many runs failed since.
        let older = [summary?.lastGood].compactMap(\.self).filter { good in
            !(summary?.runs.contains { $0.run == good.run } ?? false)
        }
        let points = ((summary?.runs ?? []) + older).filter { $0.isRecoveryPoint(at: now) }
        self.adopted = adopted?.restorable(at: now) ?? []
        self.lastGood = summary?.lastGood
        self.allowedAge = expectation.ageLimit.allowed(usualDuration: summary?.usualDuration)
        self.lastRun = summary?.lastRun
        let lastRun = summary?.lastRun?.run
        self.refused = refused.filter { record in !record.isEnded || lastRun.map { $0 < record.run } ?? true }
        self.recoveryPoints = points.count + self.adopted.count
        self.restorableUntil = (points.compactMap(\.restorableUntil) + self.adopted.map(\.restorableUntil)).max()
        self.pause = pause
        self.leftOut = history?.newestLeftOut
        self.lastInventory = summary?.runs.first { $0.inventory != nil }
        self.lastDrill = drills?.drills.last
        self.lastPassedDrill = drills?.newestPassed
        var dangers = self.refused.map { Self.sentence(on: $0) }
        if expectation.isInventoryOnly ?? summary?.lastRun?.isInventoryOnly ?? false {
            dangers += Self.inventoryDangers(summary, pause: pause, expectation: expectation, at: now)
            dangers += Self.lapse(self.leftOut, summary?.runs.filter(\.isInventoryOnly))
            self.verdict = dangers.isEmpty ? .inventoryOnly : .atRisk
            self.reasons = dangers + Self.inventoryFacts(summary, at: now)
            return
        }
        let losses = Self.losses(summary, findings, isAnyLeft: !points.isEmpty, at: now)
        dangers += Self.dangers(summary, pause: pause, expectation: expectation, at: now)
        if let shrinkage { dangers.append(Self.sentence(on: shrinkage)) }
        dangers += Self.lapse(self.leftOut, summary?.runs.filter { !$0.isInventoryOnly })
        dangers += Self.failure(of: self.lastDrill)
        guard points.isEmpty else {
            self.reasons = losses + dangers
            self.verdict = self.reasons.isEmpty ? .protected : .atRisk
            return
        }
        let lack = losses.isEmpty ? [Self.lack(summary, refused, at: now)] : losses
        let newest = self.adopted.first
        let left = adopted.flatMap { checked in newest.map { Self.sentence(on: $0, checkedAt: checked.checkedAt) } }
        self.reasons = lack + [left].compactMap(\.self) + dangers
        self.verdict = left == nil ? .unprotected : .atRisk
    }

    /// Says that the newest drill did not pass.
    private static func failure(of drill: DrillHistory.Drill?) -> [String] {
        guard let drill, !drill.isPassed else { return [] }
        let reason = drill.reason.map { " \($0)" } ?? ""
        return ["The newest drill, of \((drill.nominalAt ?? drill.at).iso8601), did not pass.\(reason)"]
    }

    private static func sentence(on record: RefusedRecord) -> String {
        "The record of the run of \(record.nominalAt.iso8601) is of a newer version, refused: \(record.requirement)."
    }

    private static func sentence(on newest: AdoptedBackups.Point, checkedAt: Date) -> String {
        "What is left was made by others: the newest is \(newest.name), of \(newest.createdAt.iso8601), as 'verify' saw it "
            + "on \(checkedAt.wholeSeconds.iso8601)."
    }

    private static func sentence(on alarm: ShrinkGuard.Alarm) -> String {
        "The backup \(alarm.name) has \(alarm.clause()): see what is missing from the instance, or say with 'acknowledge' "
            + "that nothing is."
    }

    /// Says that the newest times were missed, or that no run could begin for them, and nothing was backed up since.
    private static func lapse(_ entry: ScheduleEntry?, _ runs: [SummarizedRun]?) -> [String] {
        guard let entry, [.missed, .failed].contains(entry.outcome) else { return [] }
        // A run's record wins over what the history says of its time.
        let isKept = runs?.contains {
            $0.nominalAt >= entry.until && $0.outcome?.isGood ?? true
        }
        guard isKept != true else { return [] }
        let reason = entry.reason.map { " \($0.text)" } ?? ""
        guard entry.count == 1 else {
            let times = entry.count.map(String.init) ?? "More than \(ScheduleEntry.mostCounted)"
            return [
                "\(times) times from \(entry.from.iso8601) to \(entry.until.iso8601) were missed.\(reason)"
            ]
        }
        let what = entry.outcome == .missed ? "was missed" : "failed: no run could begin"
        return ["The time of \(entry.from.iso8601) \(what).\(reason)"]
    }

    /// Says why there is nothing of ours to restore from.
    private static func lack(_ summary: InstanceSummary?, _ refused: [RefusedRecord], at now: Date) -> String {
        guard let summary else {
            return refused.isEmpty ? "No run is recorded." : "No run is recorded that this release can read."
        }
        if let lost = summary.runs.first(where: { $0.outcome == .verified && !$0.isGood }),
            summary.lastGood.map({ $0.run < lost.run }) ?? true
        {
            let name = lost.backupName ?? "of the run \(lost.run)"
            return switch lost.standing {
            case .changed: "The backup \(name) is not the blob any more that was verified."
            default: "The backup \(name) is gone."
            }
        }
        guard let good = summary.lastGood, let until = good.restorableUntil else {
            return "No backup was ever verified."
        }
        return "The newest good backup, of \(good.nominalAt.iso8601), has expired on \(until.iso8601)."
    }

    private static func dangers(
        _ summary: InstanceSummary?,
        pause: SchedulePause?,
        expectation: Expectation,
        at now: Date
    ) -> [String] {
        var dangers: [String] = []
        dangers += self.failure(summary?.runs.first { $0.isDecisive && !$0.isInventoryOnly })
        if let good = summary?.lastGood, good.isRecoveryPoint(at: now),
            let allowed = expectation.ageLimit.allowed(usualDuration: summary?.usualDuration)
        {
            let age = Duration.seconds(now.timeIntervalSince(good.madeAt).rounded())
            if age > allowed {
                dangers.append(
                    "The newest good backup is \(age.formattedBriefly) old; \(allowed.formattedBriefly) are allowed."
                )
            }
        }
        for run in self.stuck(summary, expectation, at: now) {
            dangers.append("The run of \(run.nominalAt.iso8601) has no outcome yet; 'resume' follows it to its end.")
        }
        return dangers + self.rest(pause)
    }

    /// Says that the newest run did not end well.
    static func failure(_ run: SummarizedRun?) -> [String] {
        guard let run, let outcome = run.outcome, !outcome.isGood else { return [] }
        let why = run.errorCode.map { " (\($0))" } ?? ""
        return ["The newest run, of \(run.nominalAt.iso8601), ended \(outcome.rawValue)\(why)."]
    }

    /// The runs that have had no outcome for too long.
    static func stuck(_ summary: InstanceSummary?, _ expectation: Expectation, at now: Date) -> [SummarizedRun] {
        summary?.unfinished.filter { $0.nominalAt + expectation.maxUnderWay.timeInterval < now } ?? []
    }

    /// Says that the schedule rests.
    static func rest(_ pause: SchedulePause?) -> [String] {
        guard let pause else { return [] }
        let reason = pause.reason.map { ": \($0)" } ?? ""
        return ["The schedule is paused until \(pause.until.iso8601)\(reason)."]
    }
}
