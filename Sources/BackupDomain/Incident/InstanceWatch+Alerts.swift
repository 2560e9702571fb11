package import FoundationEssentials

extension InstanceWatch {
    /// Finds what is wrong.
    ///
    /// An instance lacks its backup for one reason at a time: a failure is told rather than the absence that follows
    /// from it.
    ///
    /// - Parameters:
    ///   - now: The present instant.
    ///   - rules: When something is worth telling.
    /// - Returns: The alerts, in the order of their kinds.
    package func alerts(at now: Date, rules: AlertRules) -> [Alert] {
        let lapse = self.failure ?? self.absence(at: now) ?? self.age(at: now)
        if self.isInventoryOnly { return [lapse].compactMap(\.self) + self.degradations(isLapsed: lapse != nil) }
        let others = [
            self.expiry(at: now, rules: rules, isLapsed: lapse != nil), self.blockage(at: now, rules: rules),
            self.drillAlert(at: now),
        ]
        return ([lapse] + others).compactMap(\.self) + self.degradations(isLapsed: lapse != nil)
    }

    private func alert(
        _ kind: AlertKind,
        _ cause: AlertCause,
        since: Date,
        run: RunID? = nil,
        isMuted: Bool? = nil,
        _ text: String
    ) -> Alert {
        Alert(
            kind: self.isInventoryOnly ? .inventoryMissing : kind,
            cause: cause,
            instance: self.key,
            name: self.instance.name,
            since: since,
            text: text,
            run: run,
            isMuted: isMuted ?? (self.pause != nil)
        )
    }

    private var failure: Alert? {
        guard let first = self.firstFailingRun, let newest = self.decisiveRun, let outcome = newest.outcome else {
            return nil
        }
        let cause =
            newest.errorCode.map { AlertCause($0, storageAccount: self.storageAccount) }
            ?? AlertCause(code: outcome.rawValue, scope: self.storageAccount)
        let why = newest.errorCode.map { " (\($0))" } ?? ""
        let good = self.isInventoryOnly ? "took an inventory" : "was verified"
        let since = first.run == newest.run ? "" : "; none \(good) since \(first.nominalAt.iso8601)"
        return self.alert(
            .failed,
            cause,
            since: first.changedAt,
            run: newest.run,
            "The run of \(newest.nominalAt.iso8601) ended \(outcome.rawValue)\(why)\(since).\(Self.changes(newest))"
        )
    }

    /// What had changed in the instance before a run that failed: it may be why.
    private static func changes(_ run: SummarizedRun) -> String {
        guard let changes = run.inventory?.changes, changes.total > 0 else { return "" }
        let things = changes.total == 1 ? "1 thing" : "\(changes.total) things"
        return " \(things) in the instance had changed since \(changes.since.iso8601)."
    }

    /// Looks at the newest nominal time by which a backup should be there.
    private func absence(at now: Date) -> Alert? {
        guard
            let due = self.expected?.first(where: { run in
                switch run.disposition {
                case .skipped: false
                case .missed, .failed: true
                case nil: self.deadline(of: run) <= now
                }
            })
        else { return nil }
        let runs = self.wantedRuns.filter { $0.nominalAt >= due.nominalAt.wholeSeconds }
        if runs.contains(where: { $0.isGood || $0.outcome == .inventoried }) { return nil }
        if due.disposition == nil,
            let run = runs.first(where: { $0.run == RunID(instance: self.instance, nominalAt: due.nominalAt) })
        {
            return self.unfulfilled(run, since: self.deadline(of: due), at: now)
        }
        let run = "The run of \(due.nominalAt.iso8601)"
        switch due.disposition {
        case .failed(let reason):
            let cause = AlertCause(code: ScheduleReason.Code.notBegun.rawValue, scope: self.storageAccount)
            return self.alert(.failed, cause, since: due.startsAt, "\(run) could not begin. \(reason)")
        case .missed(let reason):
            return self.alert(.missed, Self.missed, since: due.startsAt, "\(run) never began. \(reason)")
        case .skipped, nil:
            return self.alert(.missed, Self.missed, since: due.startsAt, "\(run) never began.")
        }
    }

    private static let missed = AlertCause(code: "missed", scope: "schedule")

    /// Says what keeps a run from having brought its backup, where it did not fail.
    private func unfulfilled(_ run: SummarizedRun, since: Date, at now: Date) -> Alert {
        let code: String
        let text: String
        if run.state != .ended {
            let usual = self.usualDuration.map { "; it usually takes \($0.formattedBriefly)" } ?? ""
            let age = Duration.seconds(now.timeIntervalSince(run.startedAt ?? run.nominalAt)).formattedBriefly
            code = "underWay"
            text = "The run of \(run.nominalAt.iso8601) has been under way for \(age)\(usual)."
        } else if run.outcome == .verified {
            code = run.standing?.rawValue ?? "noVerifiedBackup"
            text = "The backup of \(run.nominalAt.iso8601) was verified, and has \(code) since."
        } else {
            code = run.errorCode?.name ?? run.outcome?.rawValue ?? "noVerifiedBackup"
            text = "The run of \(run.nominalAt.iso8601) ended \(run.outcome?.rawValue ?? "without a backup")."
        }
        let cause = AlertCause(code: code, scope: self.storageAccount)
        return self.alert(.overdue, cause, since: since, run: run.run, text)
    }

    /// Holds the newest good backup to the age that somebody allows; what a schedule allows ``absence(at:)`` knows to the minute.
    private func age(at now: Date) -> Alert? {
        guard let maxAge = self.ageLimit.maxAge else { return nil }
        let cause = AlertCause(
            code: self.isInventoryOnly ? "noInventory" : "noVerifiedBackup",
            scope: self.storageAccount
        )
        guard let good = self.newestGood else {
            // Whoever has a schedule is waited for until the first night is over.
            if self.expected != nil { return nil }
            let first = self.summary?.runs.last?.nominalAt
            let lack = self.isInventoryOnly ? "No inventory was ever taken." : "No backup was ever verified."
            var alert = self.alert(.overdue, cause, since: first ?? now, lack)
            alert.hasKnownBegin = first != nil
            return alert
        }
        guard now.timeIntervalSince(good.madeAt) > maxAge.timeInterval else { return nil }
        let age = Duration.seconds(now.timeIntervalSince(good.madeAt)).formattedBriefly
        return self.alert(
            .overdue,
            cause,
            since: good.madeAt + maxAge.timeInterval,
            run: good.run,
            "The newest \(self.isInventoryOnly ? "inventory" : "good backup") is \(age) old; \(maxAge.formattedBriefly) are allowed."
        )
    }

    /// Looks how long Azure restores the last good backup, unless a run that is to come will be in time.
    private func expiry(at now: Date, rules: AlertRules, isLapsed: Bool) -> Alert? {
        guard let good = self.summary?.lastGood, let until = good.restorableUntil else { return nil }
        guard until.timeIntervalSince(now) <= rules.expiry.timeInterval else { return nil }
        if !isLapsed, self.pause == nil, let next = self.next, self.deadline(of: next) < until { return nil }
        let left = Duration.seconds(until.timeIntervalSince(now))
        let text =
            left > .zero
            ? "Azure restores the last good backup, of \(good.nominalAt.iso8601), for \(left.formattedBriefly) more."
            : "The last good backup, of \(good.nominalAt.iso8601), has expired: Azure restores nothing any more."
        // A pause is no reason to lose the last good backup in silence.
        return self.alert(
            .expiring,
            AlertCause(code: "expiring", scope: self.storageAccount),
            since: until - rules.expiry.timeInterval,
            run: good.run,
            isMuted: false,
            text
        )
    }

    private func blockage(at now: Date, rules: AlertRules) -> Alert? {
        guard self.isPruned else { return nil }
        if let shrink = self.shrink {
            return self.alert(
                .retentionBlocked,
                AlertCause(code: RetentionReason.Code.shrinkGuard.rawValue, scope: self.storageAccount),
                since: shrink.createdAt,
                "The shrink guard is tripped: \(shrink.name) has \(shrink.clause())."
            )
        }
        guard let first = self.firstFailingRun,
            now.timeIntervalSince(first.changedAt) >= rules.blockage.timeInterval
        else { return nil }
        return self.alert(
            .retentionBlocked,
            AlertCause(code: RetentionReason.Code.newestRunFailing.rawValue, scope: self.storageAccount),
            since: first.changedAt + rules.blockage.timeInterval,
            run: first.run,
            "No run was verified since \(first.nominalAt.iso8601), so that nothing old is deleted."
        )
    }
}
