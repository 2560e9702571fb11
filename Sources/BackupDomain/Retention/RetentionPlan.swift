package import FoundationEssentials

/// What retention does with an instance's backups: a decision with its reasons for every one that is there.
///
/// The plan is a function of what is known, so that a dry run shows exactly what a real one does. Whatever the policy:
///
/// * nothing is released without a rule, while the newest run is failing, or while the shrink guard is tripped;
/// * no backup is released that is pinned, in flight, changed, read by an open restore, or that no record of ours names;
/// * the newest good backup stays, and so do the newest `minGood` good ones; while there are fewer, nothing is released;
/// * a backup that was made before a restore stays until Azure no longer restores it, and takes no other's place;
/// * a backup that nothing has proven stays as long as no newer good one is there;
/// * a further rule never releases more.
///
/// Backups that Azure no longer restores are released as soon as the newer good ones fill `minGood`, unless a rule or a
/// pin keeps them: as an archive, of which the plan says so.
package struct RetentionPlan: Sendable, Hashable {
    /// The decisions, newest backup first; backups that are gone have none.
    package let decisions: [RetentionDecision]
    /// Why nothing at all is released; empty where each backup is judged by itself.
    package let holds: [RetentionReason]
    /// What tripped the shrink guard; nil where it is not tripped.
    package let alarm: ShrinkGuard.Alarm?
    /// How many good backups there are.
    package let goodNow: Int
    /// How many good backups there will be.
    package let goodAfter: Int

    /// Decides.
    ///
    /// - Parameters:
    ///   - points: The instance's recovery points, in any order; those that are gone count for the shrink guard only.
    ///   - policy: What is to be kept.
    ///   - newestRun: The newest run that has ended; nil where there is none.
    ///   - acknowledgement: What an operator said of the backups' size last; nil for nothing.
    ///   - now: The present instant.
    package init(
        points: [RecoveryPoint],
        policy: RetentionPolicy,
        newestRun: EndedRun?,
        acknowledgement: ShrinkAcknowledgements.Entry?,
        now: Date
    ) {
        let present = points.filter { $0.blob != nil }
            .sorted { ($0.createdAt, $0.name) > ($1.createdAt, $1.name) }
        let judge = RetentionJudge(present, policy: policy, now: now)
        self.alarm = ShrinkGuard(threshold: policy.shrinkGuard, acknowledgement: acknowledgement).alarm(points)
        self.holds = Self.holds(policy, newestRun, among: present, alarm: self.alarm)
        let holds = self.holds
        let free = present.map { point in
            let decision = judge.decision(on: point)
            guard decision.verdict == .release, !holds.isEmpty else { return decision }
            let verdict: RetentionDecision.Verdict = holds.contains { $0.code == .noRules } ? .keep : .withheld
            return RetentionDecision(point: point, verdict: verdict, reasons: holds)
        }
        let limit = max(0, policy.maxDeletions)
        // The oldest go first.
        let due = Set(free.filter { $0.verdict == .release }.suffix(limit).map(\.point.name))
        self.decisions = free.map { decision in
            guard decision.verdict == .release, !due.contains(decision.point.name) else { return decision }
            let reason = RetentionReason(.limit, "one prune deletes no more than \(limit) backups of an instance")
            return RetentionDecision(
                point: decision.point,
                verdict: .withheld,
                reasons: [reason] + decision.reasons
            )
        }
        self.goodNow = present.count { $0.counts(at: now) }
        self.goodAfter = self.decisions.count { $0.verdict != .release && $0.point.counts(at: now) }
    }

    /// The backups to delete, oldest first.
    package var releases: [RetentionDecision] { self.decisions.filter { $0.verdict == .release }.reversed() }

    /// The good backups that the plan counts on: the newest min-good ones, and the newest that a run of ours made.
    package var pillars: [RecoveryPoint] {
        self.decisions.filter { decision in
            decision.reasons.contains { [.minGood, .newestGood].contains($0.code) }
        }.map(\.point)
    }

    private static func holds(
        _ policy: RetentionPolicy,
        _ newestRun: EndedRun?,
        among present: [RecoveryPoint],
        alarm: ShrinkGuard.Alarm?
    ) -> [RetentionReason] {
        guard policy.hasRules else {
            return [RetentionReason(.noRules, "no retention rule is configured, so nothing is ever released")]
        }
        var holds: [RetentionReason] = []
        if let newestRun, newestRun.outcome != .verified,
            // A backup that could not be looked at when it was made may have been proven since.
            !present.contains(where: { $0.run == newestRun.run && $0.condition == .proven })
        {
            holds.append(
                RetentionReason(
                    .newestRunFailing,
                    "the newest run ended \(newestRun.outcome.rawValue), and nothing is deleted until one is verified"
                )
            )
        }
        if let alarm {
            holds.append(
                RetentionReason(
                    .shrinkGuard,
                    "the shrink guard is tripped: \(alarm.name) has \(alarm.clause())"
                )
            )
        }
        return holds
    }
}
