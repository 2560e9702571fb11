import BackupDomain
import FoundationEssentials

/// What is said of backups after they were made: by checks, and in the summary that the status is read from.
extension Oracle {
    /// A check wrote down what it saw: it must have been so at some time since its process began.
    mutating func checked(
        _ document: IndentedJSON,
        by process: Int,
        _ account: Account
    ) -> String {
        let text = VerificationText(document)
        let known = self.verifications.updateValue(text, forKey: text.name)
        let versions = account.backups.history.versions(of: text.name, since: self.began(process))
        for (level, pass) in text.levels.sorted(by: { $0.key < $1.key }) where known?.levels[level] != pass {
            guard !versions.contains(where: { $0.etag == pass.etag && $0.bytes > 0 }) else { continue }
            self.violate(
                .checksTellTheTruth,
                "process \(process) says that \(text.name) passed '\(level)' as \(pass.etag), and it was not there",
                at: account.now
            )
        }
        if let finding = text.finding, (finding, text.findingETag) != (known?.finding ?? "", known?.findingETag) {
            self.judge(finding, text, by: process, account)
        }
        if text.sighted == known?.sighted, text.sightings > (known?.sightings ?? 0) + 1 {
            self.violate(.checksTellTheTruth, "one check of \(text.name) counts as several", at: account.now)
        }
        return "a check of \(text.name): \(text.finding ?? text.levels.keys.sorted().joined(separator: ", "))"
    }

    /// Whether a run has ended of which nobody has seen what became of its backup.
    ///
    /// - Parameter moment: Since when.
    /// - Returns: Whether one has.
    func hasUnseen(since moment: Int64) -> Bool {
        self.records.values.contains { known in
            known.writtenAt >= moment && ["unknown", "unverified"].contains(known.text.outcome)
        }
    }

    private mutating func judge(_ finding: String, _ text: VerificationText, by process: Int, _ account: Account) {
        let since = self.began(process)
        let versions = account.backups.history.versions(of: text.name, since: since)
        let isTrue =
            switch finding {
            case "vanished":
                account.backups.history.wasAbsent(text.name, since: since)
                    && !self.isPruned(text.name, account, since: since)
            case "empty": versions.contains { $0.bytes == 0 }
            default:
                versions.contains { $0.etag == text.findingETag }
                    && self.claims[text.findingETag ?? ""] != self.runs[text.name]
            }
        guard !isTrue else { return }
        self.violate(
            .checksTellTheTruth,
            "process \(process) says '\(finding)' of \(text.name), which is not so",
            at: account.now
        )
    }

    /// Whether a backup is gone because a prune deleted it, and that was written down.
    private func isPruned(_ name: String, _ account: Account, since moment: Int64) -> Bool {
        guard case .deleted = account.backups.history.versions(of: name).last?.ending else { return false }
        return self.deletions[name]?.isAccount ?? false
    }

    /// A summary was written: it must tell no run otherwise than the run's record does, and of no backup what is not so.
    mutating func summarized(
        _ document: IndentedJSON,
        _ content: Data,
        as path: String,
        by process: Int,
        _ account: Account
    ) -> String? {
        let text = SummaryText(document)
        for run in text.runs + [text.lastGood].compactMap(\.self) {
            // Until a run ends its summary may lag behind; what it says of an end is final.
            guard let outcome = run.outcome, outcome != self.outcome(of: run.run) else { continue }
            self.violate(.recordsTellTheTruth, "\(path) says that \(run.run) ended \(outcome)", at: account.now)
        }
        let known = Dictionary(self.summary.runs.map { ($0.run, $0) }) { first, _ in first }
        for run in text.runs where run.standing != known[run.run]?.standing {
            self.judge(run, was: known[run.run]?.standing, by: process, account)
            self.standingWriters[run.run] = process
        }
        self.summary = text
        if self.isShareDue() { self.replaySummary(content, path, at: account.now) }
        return nil
    }

    /// Holds a new standing against what lay there since its writer began, and since whoever wrote the one before did: a
    /// look that is older than the one before says nothing.
    private mutating func judge(_ run: SummaryText.Run, was: String?, by process: Int, _ account: Account) {
        guard let standing = run.standing, let name = run.backupName else {
            return self.violate(.checksTellTheTruth, "the summary forgets what became of \(run.run)", at: account.now)
        }
        let since = max(self.began(process), self.standingWriters[run.run].map(self.began) ?? 0)
        let versions = account.backups.history.versions(of: name, since: since)
        let isAbsent = account.backups.history.wasAbsent(name, since: since)
        let isTrue =
            switch standing {
            // Of a backup that its run could not look at, the version is not known.
            case "present": versions.contains { $0.etag == run.etag || run.etag == nil }
            case "changed": versions.contains { $0.etag != run.etag }
            case "vanished": isAbsent && !self.isPruned(name, account, since: since)
            default: isAbsent && self.deletions[name]?.isAccount ?? false
            }
        guard !isTrue else { return }
        self.violate(
            .checksTellTheTruth,
            "process \(process) says '\(standing)' of \(name) in the summary (before: \(was ?? "nothing")), which is not so",
            at: account.now
        )
    }

    /// A verification ended: what it calls good must be so, and it must miss nothing.
    ///
    /// - Parameters:
    ///   - good: The names of what it calls good, with their versions.
    ///   - vanished: The names of what it calls vanished.
    ///   - process: The process.
    ///   - account: What Azure knows.
    mutating func verified(
        _ good: [String: String],
        _ vanished: [String],
        by process: Int,
        _ account: Account
    ) {
        let since = self.began(process)
        for (name, etag) in good.sorted(by: { $0.key < $1.key }) {
            let version = account.backups.history.versions(of: name, since: since).first { $0.etag == etag }
            guard let version, self.isGood(version, of: name, at: since, account) else {
                self.violate(
                    .checksTellTheTruth,
                    "process \(process) calls \(name) good, which it is not",
                    at: account.now
                )
                continue
            }
        }
        for (etag, run) in self.claims.sorted(by: { $0.key < $1.key }) {
            guard let known = self.records[run], known.writtenAt < since, let name = known.text.backupName,
                let last = account.backups.history.versions(of: name).last, last.etag == etag,
                last.createdAt + Self.restorableFor > account.now
            else { continue }
            if last.until == nil, good[name] == nil {
                self.violate(.checksTellTheTruth, "process \(process) misses \(name), which is good", at: account.now)
            }
            if last.ending == .taken, last.until ?? .max < since, self.deletions[name]?.isAccount != true,
                !vanished.contains(name)
            {
                self.violate(.checksTellTheTruth, "process \(process) misses that \(name) vanished", at: account.now)
            }
        }
    }

    /// A summary was read: it must hold the end of every run that had ended when its reader began.
    mutating func read(_ summary: InstanceSummary?, by process: Int, _ account: Account) {
        let since = self.began(process)
        let told = Dictionary((summary?.runs ?? []).map { ($0.run.text, $0.outcome?.rawValue) }) { first, _ in first }
        let newest = self.records.keys.sorted(by: >).prefix(InstanceSummary.mostRuns)
        for run in newest {
            guard let known = self.records[run], let outcome = known.text.outcome, known.writtenAt < since else {
                continue
            }
            guard told[run] != .some(outcome) else { continue }
            self.violate(
                .recordsTellTheTruth,
                "process \(process) reads of \(run), which ended \(outcome): \((told[run] ?? nil) ?? "nothing")",
                at: account.now
            )
        }
    }
}
