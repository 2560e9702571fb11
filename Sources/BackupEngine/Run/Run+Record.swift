import BackupDomain
import FoundationEssentials

/// How the record changes; every change moves the revision.
extension Run {
    /// The name that the present attempt asked for.
    var currentName: String { self.record.attempts.last?.backupName ?? self.wantedName }

    /// The name that the next POST would use: names that a POST may have used, or that are taken, are not used again.
    var wantedName: String {
        let template = (try? BackupNameTemplate(self.record.backupNameTemplate)) ?? .standard
        let used = self.record.attempts.filter { $0.submission != .rejected }.count
        return template.name(
            instance: self.record.instance.name,
            nominalAt: self.record.nominalAt,
            attempt: 1 + used + self.notes.takenNames
        )
    }

    /// Whether the operation has been followed for longer than the limit.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether to give up.
    func isPastLimit(_ now: Date) -> Bool {
        guard let began = self.record.attempts.last?.intendedAt else { return false }
        return now >= began + self.limits.operation.timeInterval
    }

    mutating func enter(_ state: RunState, at now: Date, detail: String? = nil) {
        self.record.state = state
        self.record.history.append(RunStateChange(state: state, at: now, detail: detail))
        self.revision += 1
        self.notes.pause = .zero
    }

    mutating func changeAttempt(_ change: (inout RunAttempt) -> Void) {
        guard let last = self.record.attempts.indices.last else { return }
        let before = self.record.attempts[last]
        change(&self.record.attempts[last])
        if self.record.attempts[last] != before { self.revision += 1 }
    }

    mutating func warn(_ warning: String) {
        guard !self.record.warnings.contains(warning) else { return }
        self.record.warnings.append(warning)
        self.revision += 1
    }

    mutating func end(_ outcome: RunOutcome, error: BackupError? = nil, at now: Date) {
        self.record.outcome = outcome
        self.record.error = error
        self.enter(.ended, at: now, detail: outcome.rawValue)
    }

    /// Files the backup with the command that restores it.
    mutating func recordBackup(_ properties: BlobProperties?, at now: Date) {
        let attempt = self.record.attempts.last
        let created = properties?.createdAt ?? properties?.modifiedAt
        self.record.backup = RecordedBackup(
            account: self.record.storage.account,
            container: self.record.storage.container,
            name: self.currentName,
            properties: properties,
            restorableFrom: created ?? attempt?.answeredAt ?? now
        )
        self.record.restoreCommand = RestoreCommand.azRest(for: self.record, backupName: self.currentName)
    }

    mutating func stopped(at now: Date) {
        let error = BackupError(
            .interrupted,
            "The run was stopped before a backup was posted.",
            remedy: "Nothing goes on in Azure."
        )
        self.changeAttempt { $0.submission = .rejected }
        self.end(.interrupted, error: error, at: now)
    }

    mutating func limitReached(at now: Date) {
        let hours = self.limits.operation.formattedBriefly
        let error = BackupError(
            .notSeenToTheEnd,
            "Azure accepted the backup '\(self.currentName)' of \(self.record.instance.name), but it was not seen to "
                + "its end within \(hours).",
            remedy: "Look at the container \(self.record.storage.container) and at the instance's state; "
                + "a longer limit is set with --timeout."
        )
        self.recordBackup(nil, at: now)
        self.end(.unknown, error: error, at: now)
    }
}
