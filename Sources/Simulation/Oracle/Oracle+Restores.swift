import FoundationEssentials

/// What restores must and must not do.
extension Oracle {
    /// The record of a restore was written.
    ///
    /// - Returns: What it says, for the story.
    mutating func restoreRecorded(
        _ document: IndentedJSON,
        _ content: Data,
        as path: String,
        by process: Int,
        _ account: Account
    ) -> String {
        let text = RecordText(document)
        let now = account.now
        self.requireHistory(text, self.restores[text.run], by: process, at: now)
        if !text.isConfirmed {
            self.violate(.restoresAreConfirmed, "the restore \(text.run) has no confirmation", at: now)
        }
        if text.outcome != nil { self.judgeRestore(text, account) }
        self.requireTakenUp(text, among: self.restores, by: process, account)
        if self.isShareDue() { self.replay(content, path, at: now) }
        let begunAt = self.restores[text.run]?.begunAt ?? now
        self.restores[text.run] = Known(text: text, writer: process, writtenAt: now, begunAt: begunAt)
        return "restore \(text.run) \(text.state) \(text.outcome ?? "") generation \(text.generation)"
    }

    /// Holds a final record against what Azure did.
    private mutating func judgeRestore(_ text: RecordText, _ account: Account) {
        let (now, operations) = (account.now, account.operations.filter { $0.isRestore && $0.run == text.run })
        for attempt in text.attempts where attempt.submission == "accepted" {
            guard !operations.contains(where: { $0.name == attempt.name }) else { continue }
            self.violate(.recordsTellTheTruth, "\(text.run) says that Azure accepted the restore", at: now)
        }
        switch text.outcome {
        case "verified" where !operations.contains { $0.succeeds && $0.endsAt <= now }:
            self.violate(.recordsTellTheTruth, "the restore \(text.run) says verified, and it was not done", at: now)
        case "failed" where operations.contains { $0.succeeds && $0.endsAt + 15 * 60_000 < now }:
            self.violate(.recordsTellTheTruth, "the restore \(text.run) says failed, and was done long ago", at: now)
        default: break
        }
    }

    /// The POST of a restore arrived.
    mutating func restorePosted(_ run: String, _ name: String, at now: Int64) {
        guard let text = self.restores[run]?.text, text.attempts.contains(where: { $0.name == name }) else {
            return self.violate(
                .restoresAreConfirmed,
                "the restore of \(name) was not written down before it was posted",
                at: now
            )
        }
    }

    /// The POST of a restore is accepted.
    mutating func restoreAccepted(_ run: String, _ name: String, among operations: [BackupOperation], at now: Int64) {
        guard operations.contains(where: { $0.isRestore && $0.run == run }) else { return }
        self.violate(.restoresAreConfirmed, "\(name) is restored twice by the run \(run), confirmed once", at: now)
    }

    /// Looks at all restores once no fault has struck for long enough.
    mutating func concludeRestores(at now: Int64) {
        for record in self.restores.values.map(\.text).sorted(by: { $0.run < $1.run }) where record.outcome == nil {
            self.violate(.everythingEnds, "the restore \(record.run) is \(record.state) for ever", at: now)
        }
    }
}
