import BackupDomain
import FoundationEssentials

/// What the instance's state and the blob say, for want of an answer to the POST or of a readable operation.
extension Run {
    /// How far the instance's state may lag behind: an idle instance says nothing of what began within that time.
    private static let stateLag = Duration.seconds(60)
    /// The longest gap between two looks that count as one without a break: the shortest backups take two minutes.
    private static let longestGap: TimeInterval = 90

    /// Decides by the instance's state and the blob.
    ///
    /// A blob counts once the instance is seen idle a minute after the blob was seen first: until then the blob may be half
    /// written and the state an old one.
    mutating func looked(
        instance: Result<Bool, BackupError>,
        blob: Result<BlobObservation, BackupError>,
        at now: Date
    ) {
        if case .success(true) = instance {
            self.notes.wasSeenAtWork = true
            self.notes.wasSeenBusy = true
            self.notes.busySigns = 0
        }
        if self.record.kind == .restore, self.record.state == .proving { return self.restoredSeen(instance, at: now) }
        if let doubt = self.notes.doubt, self.record.state != .settling {
            return self.looked(in: doubt, instance: instance, blob: blob, at: now)
        }
        let isBusy = try? instance.get()
        self.notes.hasAsked = true
        self.noteSight(of: blob)
        self.notes.pause = self.lookPause(now)
        self.notes.isConfirming = false
        if case .success(.present(let properties)) = blob {
            self.present(properties, isBusy: isBusy, instance, at: now)
        } else {
            self.absent(blob, isBusy: isBusy, at: now)
        }
    }

    /// Adds up for how long the blob has been seen, by our own pauses: no clock that somebody may turn.
    private mutating func noteSight(of blob: Result<BlobObservation, BackupError>) {
        switch blob {
        case .success(.present): self.notes.seenFor = self.notes.seenFor.map { $0 + self.notes.pause } ?? .zero
        case .success(.absent): self.notes.seenFor = nil
        case .failure: self.notes.seenFor? += self.notes.pause
        }
    }

    private mutating func present(
        _ properties: BlobProperties,
        isBusy: Bool?,
        _ instance: Result<Bool, BackupError>,
        at now: Date
    ) {
        self.notes.emptySince = nil
        if isBusy == false {
            let seenFor = self.notes.seenFor ?? .zero
            guard seenFor >= Self.stateLag else {
                self.notes.isConfirming = true
                self.notes.pause = max(Self.stateLag - seenFor, .seconds(10))
                return
            }
            // Where Azure has said busy of an instance that looks idle, only time tells whether the blob is whole.
            guard self.notes.busySigns == 0 || self.hasStayed(properties, at: now) else { return }
            if let reason = self.unnamedReason { self.warn(reason) }
            return self.judge(properties, at: now)
        }
        if case .failure(let error) = instance, self.isHidden(error), self.hasStayed(properties, at: now) {
            self.endUntold(error, at: now)
        }
    }

    /// There is no blob, or none that may be read.
    private mutating func absent(_ blob: Result<BlobObservation, BackupError>, isBusy: Bool?, at now: Date) {
        // Only an instance that is seen idle says anything, and a blob that may not be read never will.
        let isHidden = if case .failure(let error) = blob { error.code == .permissionDenied } else { false }
        let isAbsent = if case .success(.absent) = blob { true } else { false }
        guard isBusy == false, isHidden || isAbsent else {
            self.notes.emptySince = nil
            return
        }
        let gap = now.timeIntervalSince(self.notes.emptySeenAt ?? now)
        self.notes.emptySeenAt = now
        // A backup could begin and end between two looks that lie far apart.
        let since = (0...Self.longestGap).contains(gap) ? self.notes.emptySince ?? now : now
        self.notes.emptySince = since
        let hasSettled = now.timeIntervalSince(since) >= self.settlingPatience
        guard hasSettled || self.isPastLimit(now) else { return }
        self.settled(isHidden: isHidden, at: now)
    }

    /// Looks are a tenth of the time apart that the POST lies back: hours need no look every ten seconds.
    private func lookPause(_ now: Date) -> Duration {
        let posted = self.record.attempts.last?.intendedAt ?? now
        return min(max(.seconds(now.timeIntervalSince(posted)) / 10, .seconds(10)), .seconds(60))
    }

    /// Whether the instance will not be seen again, however long one waits.
    func isHidden(_ error: BackupError) -> Bool {
        [.permissionDenied, .instanceNotFound].contains(error.code)
    }

    /// Whether a blob has been the same for long enough, so that no more is to be learnt by looking at it.
    mutating func hasStayed(_ properties: BlobProperties, at now: Date) -> Bool {
        guard let seen = self.notes.unconfirmed, seen.etag == properties.etag else {
            self.notes.unconfirmed = (properties.etag, now)
            return false
        }
        return now.timeIntervalSince(seen.since) >= self.limits.settling.timeInterval
    }

    /// There is a blob, and nothing will tell whether it is whole: a backup may lie half written for hours.
    private mutating func endUntold(_ error: BackupError, at now: Date) {
        let untold = BackupError(
            .notSeenToTheEnd,
            "There is a blob '\(self.currentName)', but neither the operation nor the instance can be read, and only they "
                + "tell whether it is whole. \(error.message)",
            remedy: "'apim-backup verify' counts it once it has stayed the same for a day.",
            azure: error.azure
        )
        self.end(.unknown, error: untold, at: now)
    }

    /// Why the run was not followed by its operation, where no warning says so yet.
    var unnamedReason: String? {
        guard self.record.warnings.isEmpty else { return nil }
        return switch self.record.attempts.last?.submission {
        case .accepted:
            "\(self.notes.unreadable ?? "The operation could not be read"): the backup was followed through the "
                + "instance's state and the blob."
        default: "Azure's answer to the POST was lost: the backup was found through the instance's state and the blob."
        }
    }

    /// The instance has been idle for long enough, and no blob came.
    mutating func settled(isHidden: Bool, at now: Date) {
        if self.record.kind == .restore { return self.restoreSettled(at: now) }
        let name = self.currentName
        if case .failed(let error) = self.notes.doubt { return self.end(.failed, error: error, at: now) }
        if isHidden {
            let error = BackupError(
                .notSeenToTheEnd,
                "The backup '\(name)' was posted, but neither its operation nor its blob can be read.",
                remedy:
                    "Give this identity \(Self.operationRead) on the instance, or 'Storage Blob Data Reader' on the "
                    + "container \(self.record.storage.container)."
            )
            return self.end(.unknown, error: error, at: now)
        }
        self.notes.emptyNames.insert(name)
        let wasAccepted = self.record.attempts.last?.submission == .accepted
        if !wasAccepted, let other = self.unwatched {
            return self.follow(
                other,
                "nothing came of the last POST; looking for what may have come of an earlier one",
                at: now
            )
        }
        let unanswered = self.record.attempts.filter { $0.submission == .unanswered }.count
        guard !wasAccepted, unanswered < self.limits.posts, !self.isPastLimit(now) else {
            let error = BackupError(
                .backupMissing,
                wasAccepted
                    ? "Azure accepted the backup '\(name)', the instance is idle again, and there is no such blob."
                    : "\(unanswered) POST\(unanswered == 1 ? "" : "s") went unanswered, and no backup came of it.",
                remedy:
                    "Back up again. Where that ends alike, look into the instance's activity log and its diagnostics in the "
                    + "portal, and ask Azure's support with the request id.",
                azure: self.notes.doubt?.error.azure ?? self.record.attempts.last?.fault
            )
            return self.end(.failed, error: error, at: now)
        }
        self.notes.emptySince = nil
        self.notes.busySince = nil
        self.enter(.planned, at: now, detail: "nothing came of the POST; another name, another POST")
    }
}
