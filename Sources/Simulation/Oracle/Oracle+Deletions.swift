import BackupDomain

/// What must never be deleted, and what must be written down before.
extension Oracle {
    /// How long Azure restores a backup, in milliseconds.
    static let restorableFor: Int64 = 30 * 86_400_000
    /// How long a restore counts as open whose record does not change, with what a look may be old, in milliseconds.
    private static let openFor: Int64 = 86_400_000 - Self.grace

    /// `prune` wrote down what it means to do, or did.
    mutating func pruned(_ document: IndentedJSON) -> String {
        let text = DeletionText(document)
        self.deletions[text.name] = text
        return "of \(text.name): \(text.entries.map(\.state))"
    }

    /// Whether a version is a backup from which the instance can be restored, or nobody can tell it from one.
    ///
    /// What a record of a verified run claims counts too: where the answer to the POST was lost, nothing tells a backup
    /// of ours from a stranger's, and ``recorded(_:_:as:by:_:)`` looks at that.
    func isGood(_ version: BlobHistory.Version, of name: String, at now: Int64, _ account: Account) -> Bool {
        guard version.bytes > 0, version.createdAt + Self.restorableFor > now else { return false }
        return switch version.maker {
        case .backup(_, isWhole: true), .stranger(isBackup: true): true
        case .stranger: self.claims[version.etag] != nil || self.isSighted(version, of: name, account)
        default: self.claims[version.etag] != nil
        }
    }

    /// Whether a stranger's blob of a backup's name, of which no record of ours knows the version, was seen by two checks: it
    /// is adopted, and looks in every way like the backup whose name it has.
    private func isSighted(_ version: BlobHistory.Version, of name: String, _ account: Account) -> Bool {
        guard let text = self.verifications[name], text.sighted == version.etag, text.sightings >= 2 else {
            return false
        }
        let record = self.runs[name].flatMap { self.records[$0]?.text }
        guard record?.backupName != name || record?.etag == nil else { return false }
        return record != nil
            || account.backups.history.versions(of: name).contains { $0.maker == .stranger(isBackup: true) }
    }

    /// A backup is about to be deleted.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - process: Who deletes it.
    ///   - isConditional: Whether the call names the version.
    ///   - account: What Azure knows.
    mutating func deleting(_ name: String, by process: Int, isConditional: Bool, _ account: Account) {
        guard let version = account.backups.history.versions(of: name).last else { return }
        if !isConditional {
            self.violate(.deletionsAreWrittenDown, "\(name) is deleted whatever its version", at: account.now)
        }
        let isIntended = self.deletions[name]?.entries.contains { $0.state == "intended" && $0.etag == version.etag }
        if isIntended != true {
            self.violate(.deletionsAreWrittenDown, "\(name) is deleted, and nobody wrote down before", at: account.now)
        }
        if let reason = self.protection(of: name, version, account) {
            self.violate(.retentionSparesWhatMustStay, "\(name) is deleted: \(reason)", at: account.now)
        }
        self.countGood(name, version, by: process, account)
        self.holdBack(name, version, by: process, account)
    }

    /// Why a backup must stay whatever the rules say.
    private func protection(of name: String, _ version: BlobHistory.Version, _ account: Account) -> String? {
        if self.pinned.contains(name) { return "it is pinned" }
        let isWritten = account.operations.contains { operation in
            operation.name == name && !operation.isBlobWhole && (operation.blobAt.map { $0 > account.now } ?? false)
        }
        if isWritten { return "API Management is writing it" }
        if let reader = self.reader(of: name, account) { return "the restore \(reader) reads it" }
        guard let run = self.runs[name], let text = self.records[run]?.text else { return "no record names it" }
        if text.outcome == nil { return "its run \(run) goes on" }
        if text.backupName == name, let etag = text.etag, etag != version.etag {
            return "it is not the blob that its record names"
        }
        return nil
    }

    /// The run of a restore that goes on and reads a backup; nil where there is none, or where its record says that it has ended or
    /// has not changed for so long that it counts no more.
    private func reader(of name: String, _ account: Account) -> String? {
        account.operations.last { operation in
            guard operation.isRestore, operation.name == name, operation.endsAt > account.now,
                let known = self.restores[operation.run], known.text.outcome == nil
            else { return false }
            return known.writtenAt + Self.openFor > account.now
        }?.run
    }

    /// Counts what is left: never fewer than min-good, never without the newest.
    private mutating func countGood(
        _ name: String,
        _ version: BlobHistory.Version,
        by process: Int,
        _ account: Account
    ) {
        let recent = account.now - Self.grace
        var left: [(name: String, version: BlobHistory.Version)] = []
        for other in account.backups.history.names where other != name {
            // What somebody took away a moment ago could not be known; and what Azure restored a moment ago was good by the plan.
            let versions = account.backups.history.versions(of: other, since: recent)
            guard
                let good = versions.last(where: {
                    self.isGood($0, of: other, at: recent, account) && !Self.isOwn($0.ending, process)
                })
            else { continue }
            left.append((other, good))
        }
        let minGood = max(1, self.works[process]?.policy?.minGood ?? 1)
        if left.count < minGood {
            self.violate(
                .retentionKeepsEnough,
                "\(name) is deleted while \(left.count) good backups are there besides, and min-good is \(minGood)",
                at: account.now
            )
        }
        // What failed by its record is nobody's newest.
        guard self.isGood(version, of: name, at: account.now, account),
            self.outcome(of: self.runs[name] ?? "") != "failed"
        else { return }
        if !left.contains(where: { $0.version.createdAt >= version.createdAt }) {
            self.violate(.retentionKeepsEnough, "\(name) is deleted, and was the newest good backup", at: account.now)
        }
    }

    private static func isOwn(_ ending: BlobHistory.Ending?, _ process: Int) -> Bool {
        if case .deleted(by: process) = ending { return true }
        return false
    }

    /// Nothing goes while the newest run is failing, nor while backups have shrunk and nobody has said that they may.
    private mutating func holdBack(
        _ name: String,
        _ version: BlobHistory.Version,
        by process: Int,
        _ account: Account
    ) {
        let began = self.began(process)
        let ended = self.records.filter { $0.value.text.outcome != nil }
        let newest = ended.filter { $0.value.writtenAt < began }.max { $0.key < $1.key }
        if let newest, newest.value.text.outcome != "verified",
            !ended.contains(where: { $0.key > newest.key && $0.value.text.outcome == "verified" }),
            !self.hasGood(newest.value.text, account)
        {
            self.violate(
                .retentionSparesWhatMustStay,
                "\(name) is deleted while the newest run \(newest.key) ended \(newest.value.text.outcome ?? "")",
                at: account.now
            )
        }
        let threshold = self.works[process]?.policy?.shrinkGuard ?? 0
        guard threshold >= 0.5, self.acknowledgedAt == nil, case .backup(let number, _) = version.maker,
            account.operations.indices.contains(number), !account.operations[number].isSmall,
            let small = account.operations.first(where: { self.isVerifiedSmall($0, before: began, account) })
        else { return }
        self.violate(
            .retentionSparesWhatMustStay,
            "\(name) is deleted although \(small.name) is much smaller than those before it",
            at: account.now
        )
    }

    private func hasGood(_ text: RecordText, _ account: Account) -> Bool {
        text.attempts.contains { attempt in
            account.backups.history.versions(of: attempt.name).contains {
                self.isGood($0, of: attempt.name, at: account.now, account)
            }
        }
    }

    /// Whether a backup is recorded as verified, much smaller than most of the ten before it, and not too old to be looked at.
    private func isVerifiedSmall(_ operation: BackupOperation, before moment: Int64, _ account: Account) -> Bool {
        let start = moment - 25 * 86_400_000
        guard operation.isSmall, self.isVerified(operation), operation.acceptedAt > start,
            let known = self.records[operation.run], known.writtenAt < moment
        else { return false }
        let before = account.operations.filter { $0.number < operation.number && self.isVerified($0) }.suffix(10)
        // The median of the ten is then that of a full instance, whichever of them the guard leaves out since they are old.
        let recent = before.filter { $0.acceptedAt > start }
        return [Array(before), recent].allSatisfy { $0.count { !$0.isSmall } > $0.count / 2 }
    }

    /// Whether the record of a backup says verified, and tells its size.
    private func isVerified(_ operation: BackupOperation) -> Bool {
        guard let text = self.records[operation.run]?.text, text.outcome == "verified" else { return false }
        return text.backupName == operation.name && text.bytes == operation.bytes
    }
}
