/// What must hold in the end.
extension Oracle {
    /// Looks at everything once no fault has struck for long enough.
    ///
    /// - Parameters:
    ///   - account: What Azure knows.
    ///   - last: The id of the run that was due last, without any fault; nil where a schedule says what was due.
    ///   - isUpkept: Whether the backups were looked after.
    mutating func conclude(_ account: Account, last: String?, isUpkept: Bool) {
        let now = account.now
        for record in self.records.values.map(\.text).sorted(by: { $0.run < $1.run }) where record.outcome == nil {
            self.violate(.everythingEnds, "the run \(record.run) is \(record.state) for ever", at: now)
        }
        if let last, self.records[last]?.text.outcome != "verified" {
            let outcome = self.records[last]?.text.outcome ?? "nothing"
            self.violate(.everythingEnds, "the last night, which no fault touched, ended as \(outcome)", at: now)
        }
        for operation in account.operations {
            let attempt = self.record(of: operation)?.attempts.first { $0.name == operation.name }
            guard attempt == nil || attempt?.submission == "rejected" else { continue }
            self.violate(
                .everyPostIsRecorded,
                "Azure accepted \(operation.name), and the record of the run \(operation.run) does not say so",
                at: now
            )
        }
        self.concludeRestores(at: now)
        if isUpkept { self.concludeStandings(account) }
    }

    /// After the last check the summary must tell of every backup what became of it.
    private mutating func concludeStandings(_ account: Account) {
        for run in self.summary.runs {
            // What Azure no longer restores is not looked at for ever.
            guard let standing = run.standing, let name = run.backupName,
                self.records[run.run].map({ $0.writtenAt > account.now - Self.restorableFor }) ?? false
            else { continue }
            let blob = account.backups.blobs[name]
            let isTrue =
                switch standing {
                // Of a backup that its run could not look at, the version is not known.
                case "present": blob != nil && (run.etag == nil || blob?.etag == run.etag)
                case "changed": blob != nil && blob?.etag != run.etag
                default: blob == nil
                }
            guard !isTrue else { continue }
            self.violate(.checksTellTheTruth, "the summary says '\(standing)' of \(name) for ever", at: account.now)
        }
    }
}
