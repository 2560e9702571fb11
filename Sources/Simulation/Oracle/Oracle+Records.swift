import FoundationEssentials

/// What records must and must not say.
extension Oracle {
    /// How long what somebody did may be unknown to whoever writes or deletes: the time between a look and what follows it.
    static let grace: Int64 = 10 * 60_000

    /// A record was written.
    ///
    /// - Returns: What it says, for the story.
    mutating func recorded(
        _ document: IndentedJSON,
        _ content: Data,
        as path: String,
        by process: Int,
        _ account: Account
    ) -> String {
        let text = RecordText(document)
        let now = account.now
        self.requireHistory(text, self.records[text.run], by: process, at: now)
        if text.outcome != nil { self.judge(text, account) }
        if self.isShareDue() { self.replay(content, path, at: now) }
        self.requireOrder(text, at: now)
        self.requireTakenUp(text, among: self.records, by: process, account)
        for attempt in text.attempts { self.runs[attempt.name] = text.run }
        let begunAt = self.records[text.run]?.begunAt ?? now
        self.records[text.run] = Known(text: text, writer: process, writtenAt: now, begunAt: begunAt)
        return "\(text.run) \(text.state) \(text.outcome ?? "") generation \(text.generation)"
    }

    /// Sees that a record goes on where it was left, and that its writer may write it.
    mutating func requireHistory(_ text: RecordText, _ known: Known?, by process: Int, at now: Int64) {
        if let known { self.compare(text, with: known, by: process, at: now) }
        guard text.states.last != text.state else { return }
        self.violate(
            .recordsReplay,
            "the record of the run \(text.run) says \(text.state), its history \(text.states)",
            at: now
        )
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
    private mutating func judge(_ text: RecordText, _ account: Account) {
        let (operations, now) = (account.operations, account.now)
        self.outcomes[text.outcome ?? "", default: 0] += 1
        for attempt in text.attempts where attempt.submission == "accepted" {
            guard !operations.contains(where: { $0.run == text.run && $0.name == attempt.name }) else { continue }
            self.violate(.recordsTellTheTruth, "the run \(text.run) says that Azure accepted \(attempt.name)", at: now)
        }
        if text.outcome == "verified" {
            self.judgeVerified(text, account)
        } else if text.outcome == "failed" {
            self.judgeFailed(text, account)
        }
    }

    private mutating func judgeVerified(_ text: RecordText, _ account: Account) {
        let (operations, now) = (account.operations, account.now)
        // Somebody may have done something to it since it was looked at.
        let recent = now - Self.grace
        guard let name = text.backupName, let etag = text.etag,
            let blob = account.backups.history.versions(of: name, since: recent).first(where: { $0.etag == etag }),
            text.bytes == blob.bytes
        else {
            return self.violate(
                .recordsTellTheTruth,
                "the run \(text.run) says verified, and its blob is not as it says",
                at: now
            )
        }
        self.claims[etag] = text.run
        // The Date of Azure's acceptance is what tells our blob from a stranger's; without it, also where the backup was done
        // at once, nothing does.
        let isInstant = operations.contains {
            $0.run == text.run && $0.name == name && $0.endsAt == $0.acceptedAt
        }
        let isAnswered =
            text.attempts.last.map { $0.name == name && $0.submission == "accepted" } ?? false && !isInstant
        let isOurs = operations.contains { $0.run == text.run && $0.name == name && $0.isBlobWhole }
        if blob.bytes == 0 || (isAnswered && !isOurs) {
            self.violate(
                .recordsTellTheTruth,
                "the run \(text.run) says verified of \(name), which is no backup of it",
                at: now
            )
        }
    }

    private mutating func judgeFailed(_ text: RecordText, _ account: Account) {
        let now = account.now
        for operation in account.operations where operation.run == text.run && operation.succeeds && operation.isGood {
            // What somebody took away or wrote over is good no longer.
            let isThere = account.backups.blobs[operation.name].map {
                $0.maker == .backup(operation: operation.number, isWhole: true)
            }
            guard isThere == true, let blobAt = operation.blobAt, blobAt + 15 * 60_000 < now else { continue }
            self.violate(
                .recordsTellTheTruth,
                "the run \(text.run) says failed, and \(operation.name) has been good for long",
                at: now
            )
        }
    }
}
