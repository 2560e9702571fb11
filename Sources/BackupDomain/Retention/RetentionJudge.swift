import FoundationEssentials

/// Judges single backups by the rules of a policy; what holds back everything is the plan's matter.
struct RetentionJudge {
    private let policy: RetentionPolicy
    private let now: Date
    private let minGood: Int
    private let goodCount: Int
    /// The rank of the newest `minGood` good ones, from 1, by name.
    private let goodRanks: [String: Int]
    private let newestGood: RecoveryPoint?
    /// The newest good one that a run of ours made: adopted ones are other people's, who may delete them at any time.
    private let newestOwnGood: String?
    private let ranks: [String: Int]
    private let calendar: [String: [RetentionReason]]

    /// Prepares to judge.
    ///
    /// - Parameters:
    ///   - present: The recovery points that are there, newest first.
    ///   - policy: What is to be kept.
    ///   - now: The present instant.
    init(_ present: [RecoveryPoint], policy: RetentionPolicy, now: Date) {
        self.policy = policy
        self.now = now
        self.minGood = max(1, policy.minGood)
        let good = present.filter { $0.counts(at: now) }
        self.goodCount = good.count
        self.newestGood = good.first
        self.newestOwnGood = good.first { !$0.isAdopted }?.name
        self.goodRanks = Self.ranks(good.prefix(self.minGood))
        // Failed and unproven backups, those that Azure cannot read, those of others, and those that were made before a restore take
        // nobody's place.
        let own = present.filter { point in
            !point.isAdopted && point.condition == .proven && point.beforeRestoreOf == nil
                && !point.isOutOfReach(at: now)
        }
        self.ranks = Self.ranks(own.prefix(max(0, policy.keepLast)))
        self.calendar = RetentionCalendar(policy).keeps(own)
    }

    /// Judges one backup.
    ///
    /// - Parameter point: A recovery point that is there.
    /// - Returns: The decision, as if nothing held back the whole.
    func decision(on point: RecoveryPoint) -> RetentionDecision {
        let isExpired = point.restorableUntil <= self.now
        var keeps = self.safeguards(for: point) + self.ruleKeeps(point)
        if keeps.isEmpty, self.goodCount < self.minGood {
            keeps.append(
                RetentionReason(
                    .tooFewGood,
                    "there are \(self.goodCount) good backups, fewer than the \(self.minGood) of min-good"
                )
            )
        }
        guard keeps.isEmpty else {
            if isExpired {
                keeps.append(RetentionReason(.archiveOnly, "archive only: Azure no longer restores it"))
            }
            return RetentionDecision(point: point, verdict: .keep, reasons: keeps)
        }
        let obstacles = self.obstacles(for: point)
        guard obstacles.isEmpty else {
            return RetentionDecision(point: point, verdict: .withheld, reasons: obstacles)
        }
        return RetentionDecision(point: point, verdict: .release, reasons: [self.release(point, isExpired: isExpired)])
    }

    private func safeguards(for point: RecoveryPoint) -> [RetentionReason] {
        var reasons: [RetentionReason] = []
        if point.isAdopted {
            reasons.append(
                RetentionReason(.adopted, "no record of ours names it, and others' backups are never deleted")
            )
        }
        if point.isInFlight { reasons.append(RetentionReason(.inFlight, "its run is under way")) }
        if let pin = point.pin {
            let why = pin.reason.map { ": \($0)" } ?? ""
            reasons.append(RetentionReason(.pinned, "pinned since \(pin.at.wholeSeconds.iso8601)\(why)"))
        }
        if let restored = point.beforeRestoreOf, point.isGood(at: self.now) {
            reasons.append(RetentionReason(.beforeRestore, "made before a restore of \(restored), to undo it"))
        }
        for restore in point.openRestores { reasons.append(RetentionReason(.restoring, restore.clause)) }
        if point.name == self.newestGood?.name {
            reasons.append(RetentionReason(.newestGood, "the newest good backup"))
        } else if point.name == self.newestOwnGood {
            reasons.append(RetentionReason(.newestGood, "the newest good backup that a run of ours made"))
        }
        if let rank = self.goodRanks[point.name], self.minGood > 1 {
            reasons.append(RetentionReason(.minGood, "good backup \(rank) of \(self.minGood) (min-good)"))
        }
        if point.condition == .unproven, !(self.newestGood.map { $0.createdAt > point.createdAt } ?? false) {
            reasons.append(RetentionReason(.notProven, "nothing has proven it yet, and no newer good backup is there"))
        }
        return reasons
    }

    private func ruleKeeps(_ point: RecoveryPoint) -> [RetentionReason] {
        var reasons: [RetentionReason] = []
        if let rank = self.ranks[point.name] {
            reasons.append(
                RetentionReason(.keepLast, "number \(rank) of the newest (keep-last \(self.policy.keepLast))")
            )
        }
        reasons += self.calendar[point.name] ?? []
        if let days = self.policy.keepWithinDays, point.createdAt > self.now - Double(days) * 86_400 {
            reasons.append(
                RetentionReason(.keepWithin, "younger than \(days) day\(days == 1 ? "" : "s") (keep-within)")
            )
        }
        return reasons
    }

    private func obstacles(for point: RecoveryPoint) -> [RetentionReason] {
        var reasons: [RetentionReason] = []
        if point.condition == .changed {
            reasons.append(
                RetentionReason(.changed, "it is not the blob that was recorded: look at it before anybody deletes it")
            )
        }
        if point.isOutOfReach(at: self.now) {
            reasons.append(
                RetentionReason(.archived, "it lies in the tier Archive, and Azure would restore it from Hot or Cool")
            )
        }
        guard let blob = point.blob else { return reasons }
        if blob.hasLegalHold { reasons.append(RetentionReason(.legalHold, "a legal hold protects it")) }
        if let until = blob.immutableUntil, until > self.now {
            reasons.append(
                RetentionReason(.immutable, "an immutability policy protects it until \(until.wholeSeconds.iso8601)")
            )
        }
        if blob.isLeased { reasons.append(RetentionReason(.leased, "somebody holds its lease")) }
        return reasons
    }

    private func release(_ point: RecoveryPoint, isExpired: Bool) -> RetentionReason {
        if isExpired {
            return RetentionReason(
                .expired,
                "expired: Azure restored it until \(point.restorableUntil.wholeSeconds.iso8601), and "
                    + "\(self.goodCount) newer good ones are there"
            )
        }
        if point.condition == .failed {
            return RetentionReason(.runFailed, "its run ended \(point.outcome?.rawValue ?? "without a backup")")
        }
        return RetentionReason(.noRuleKeeps, "no rule keeps it")
    }

    private static func ranks(_ points: ArraySlice<RecoveryPoint>) -> [String: Int] {
        Dictionary(points.enumerated().map { ($1.name, $0 + 1) }) { first, _ in first }
    }
}
