import BackupDomain
import FoundationEssentials

/// From Azure's word to the proof.
extension Run {
    mutating func proofSeen(_ result: Result<BlobObservation, BackupError>, at now: Date) {
        let since = self.notes.provingSince ?? now
        self.notes.provingSince = since
        let isPatient = now.timeIntervalSince(since) < self.limits.proving.timeInterval
        self.notes.pause = min(.seconds(1 << min(self.notes.looks, 3)), .seconds(8))
        self.notes.looks += 1
        switch result {
        case .success(.present(let properties)):
            if let error = self.problem(with: properties) { return self.doubt(.missing(error)) }
            self.judge(properties, at: now)
        case .success(.absent):
            guard !isPatient else { return }
            let error = BackupError(
                .backupMissing,
                "Azure says that the backup is done, but there is no blob '\(self.currentName)' in the container "
                    + "\(self.record.storage.container) of \(self.record.storage.account).",
                remedy:
                    "Look whether a person, a lifecycle rule or another program deletes blobs there; then back up again."
            )
            self.doubt(.missing(error))
        case .failure(let error):
            // Only a missing right stays missing; a name that is not found or a token that is not to be had may come.
            guard error.code == .permissionDenied || !isPatient else { return }
            let unreadable = BackupError(
                .backupUnreadable,
                "Azure says that the backup '\(self.currentName)' is done; its blob could not be looked at. "
                    + error.message,
                remedy: error.remedy,
                azure: error.azure
            )
            self.recordBackup(nil, at: now)
            self.end(.unverified, error: unreadable, at: now)
        }
    }

    /// Accepts a blob as the backup, or says why it is none.
    mutating func judge(_ properties: BlobProperties, at now: Date) {
        if let error = self.problem(with: properties) { return self.end(.failed, error: error, at: now) }
        self.recordBackup(properties, at: now)
        self.end(.verified, at: now)
    }

    /// Why a blob cannot be the backup; nil where it can.
    private func problem(with properties: BlobProperties) -> BackupError? {
        let attempt = self.record.attempts.last
        // Azure's clocks only: ours may be anything. The absence was seen before the POST, by the blob service's clock.
        let bound = attempt?.answeredAt ?? attempt?.absentAt
        let created = properties.madeAt
        let problem: String? =
            if properties.bytes == 0 {
                "it is empty"
            } else if let bound, let created, created < bound.wholeSeconds {
                "it was created \(created.iso8601), before the backup was posted (\(bound.iso8601))"
            } else {
                nil
            }
        return problem.map { problem in
            BackupError(
                .backupMissing,
                "The blob '\(properties.name)' in the container \(self.record.storage.container) is not this backup: "
                    + "\(problem).",
                remedy:
                    "Back up again. Where that ends alike, ask Azure's support with the request id of the run's record."
            )
        }
    }
}
