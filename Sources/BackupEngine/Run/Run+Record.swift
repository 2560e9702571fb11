import BackupDomain
import FoundationEssentials

/// How the record changes; every change moves the revision.
extension Run {
    /// The name that the present attempt asked for.
    var currentName: String { self.record.attempts.last?.backupName ?? self.wantedName }

    /// The name that the next POST would use: names that a POST may have used, or that are taken, are not used again.
    var wantedName: String {
        if let restore = self.record.restore { return restore.backup.name }
        let template = (try? BackupNameTemplate(self.record.backupNameTemplate)) ?? .standard
        let used = Set(self.record.attempts.filter { $0.submission != .rejected }.map(\.backupName))
        var number = 1 + used.count + self.notes.takenNames
        while true {
            let name = template.name(
                instance: self.record.instance.name,
                nominalAt: self.record.nominalAt,
                attempt: number
            )
            // A process that took the run over does not know which names were found taken.
            guard used.contains(name) else { return name }
            number += 1
        }
    }

    /// Whether the operation has been followed for longer than the limit.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether to give up.
    func isPastLimit(_ now: Date) -> Bool {
        guard let began = self.record.attempts.last?.intendedAt else { return false }
        return now >= began + self.limits.operation.timeInterval
    }

    /// The pause before the next look, no longer than what is left of the limit.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The pause.
    func pauseWithinLimit(_ now: Date) -> Duration {
        guard let began = self.record.attempts.last?.intendedAt else { return self.notes.pause }
        let left = (began + self.limits.operation.timeInterval).timeIntervalSince(now)
        return min(self.notes.pause, .seconds(max(0, left)))
    }

    /// Where in its range a delay of this run falls: drawn by the run's id, so that many runs do not wait alike and each
    /// one waits alike when it is played again.
    ///
    /// - Parameter number: Which delay it is.
    /// - Returns: From 0 up to, but not including, 1.
    func lot(_ number: Int) -> Double {
        Double(StableHash("\(self.record.run) \(number)").value >> 11) * 0x1p-53
    }

    mutating func enter(_ state: RunState, at now: Date, detail: String? = nil) {
        self.record.state = state
        self.record.history.append(RunStateChange(state: state, at: now, detail: detail))
        self.revision += 1
        self.notes.pause = .zero
        self.notes.hasAsked = false
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

    /// Files what is said of the inventory.
    mutating func note(_ inventory: RecordedInventory) {
        self.record.note(inventory)
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
        self.record.backup = RecordedBackup(
            account: self.record.storage.account,
            container: self.record.storage.container,
            name: self.currentName,
            properties: properties,
            restorableFrom: attempt?.answeredAt ?? now
        )
        self.record.restoreCommand = RestoreCommand.azRest(for: self.record, backupName: self.currentName)
    }

    mutating func stopped(at now: Date) {
        let isOpen = self.record.attempts.contains { $0.submission == .unanswered }
        let error = BackupError(
            .interrupted,
            isOpen
                ? "The run was stopped while it was open whether Azure had taken an earlier POST."
                : self.record.isInventoryOnly
                    ? "The run was stopped before all was read."
                    : "The run was stopped before a \(self.record.kind) was posted.",
            remedy: isOpen
                ? self.record.kind == .backup
                    ? "Look at the container \(self.record.storage.container): that backup may still appear."
                    : "Look at the instance's state: that restore may be under way."
                : "Nothing goes on in Azure."
        )
        self.changeAttempt { if $0.submission == .intended { $0.submission = .rejected } }
        self.end(.interrupted, error: error, at: now)
    }

    mutating func limitReached(at now: Date) {
        if self.record.state == .accepted {
            // The operation may be what is broken: one look at the instance and the blob before the verdict.
            self.notes.unreadable = "The limit passed before the operation ended"
            return self.enter(.settling, at: now, detail: "the limit has passed; a last look")
        }
        let hours = self.limits.operation.formattedBriefly
        let work = "\(self.subject) \(self.record.kind == .backup ? "of" : "into") \(self.record.instance.name)"
        let isAccepted = self.record.attempts.contains { $0.submission == .accepted }
        let error = BackupError(
            .notSeenToTheEnd,
            isAccepted
                ? "Azure accepted \(work), but it was not seen to its end within \(hours)."
                : "Whether Azure accepted \(work) is not known: its answer was lost, and nothing told within \(hours).",
            remedy:
                "Look at \(self.record.kind == .backup ? "the container \(self.record.storage.container) and at " : "")the instance's state; "
                + "a longer limit is set with --timeout."
        )
        self.end(.unknown, error: error, at: now)
    }
}
