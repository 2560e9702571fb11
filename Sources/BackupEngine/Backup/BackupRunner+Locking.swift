import BackupDomain

/// One run at a time: who finds the instance's lock taken watches the run of the one who holds it.
///
/// ```
/// first process                 second process
/// -------------                 --------------
/// takes the lock
///                               finds it taken, watches the record
/// posts, follows, ends
///                               reports the same run
/// ```
///
/// When the first one dies instead, its lease ends within a minute, and the second one takes the run over.
extension BackupRunner {
    /// How long a watcher waits between its first looks, and at the most; in between it is a tenth of its whole wait.
    private static let watchPauses = Duration.seconds(2)...Duration.seconds(30)

    /// How long to wait for a storage account that is away in the middle of a run.
    private static let outagePause = Duration.seconds(30)

    /// How long a lock may be held without a run to be seen, before it counts as somebody's mistake.
    private static let lockPatience = Duration.seconds(120)

    /// What a process knows from one try to the next.
    private struct Watch {
        /// The instance, where it was read a moment ago.
        var instance: Instance?
        /// The run that is watched, or that was worked on before the lock was lost.
        var run: RunRecord?
        /// Since when the lock has been held without a run to be seen.
        var lockedSince: Duration?
        /// Whether the lock was lost in the middle of the work.
        var isLost = false
    }

    /// Makes the backup under the instance's lock, or reports the run of whoever holds it.
    ///
    /// - Parameters:
    ///   - order: What is wanted.
    ///   - instance: The instance as it was read a moment ago.
    ///   - catalog: The records.
    /// - Returns: The run's record and why the runner returned.
    /// - Throws: What beginning or following a run throws.
    func runUnderLock(_ order: BackupOrder, _ instance: Instance?, in catalog: BlobCatalog) async throws -> RunReport {
        let lock = InstanceLock(
            of: InstanceKey(order.instance),
            blobs: self.storage.blobs,
            container: order.catalogContainer,
            clock: self.clock
        )
        let began = self.clock.uptime
        var watch = Watch(instance: instance)
        while true {
            let waited = (self.clock.uptime - began) / 10
            var pause = min(max(waited, Self.watchPauses.lowerBound), Self.watchPauses.upperBound)
            do {
                var order = order
                // Who has waited for the lock, or has lost it and begins anew, has so much less time.
                order.limits.patience = order.limits.patience.map { max(.zero, $0 - (self.clock.uptime - began)) }
                if let report = try await self.round(order, &watch, lock, in: catalog) { return report }
            } catch let error as BackupError where watch.isLost && !Self.isAnswer(error, order) {
                guard self.clock.uptime - began < order.limits.operation else {
                    throw self.notSeen(order, because: error.message)
                }
                // The backup goes on in Azure while the storage account is away: only its end tells what came of it.
                await self.notify(.catalogUnavailable(error))
                pause = Self.outagePause
            } catch is CancellationError where self.stop.isRaised && watch.run != nil {
                try Task.checkCancellation()
                return try self.stopped(watching: watch.run, order)
            }
            if let run = watch.run, let patience = order.limits.patience, self.clock.uptime - began >= patience {
                return try await self.outOfTime(watching: run, in: catalog)
            }
            if watch.run != nil, self.clock.uptime - began >= order.limits.operation {
                throw self.notSeen(order, because: "Another process still holds its lock.")
            }
            guard try await self.pause(pause) else { return try self.stopped(watching: watch.run, order) }
        }
    }

    /// Works under the lock where it is free, or looks at the run of its holder.
    ///
    /// - Returns: The report, or nil where it is to be tried again after a while.
    private func round(
        _ order: BackupOrder,
        _ watch: inout Watch,
        _ lock: InstanceLock,
        in catalog: BlobCatalog
    ) async throws -> RunReport? {
        let isLost = watch.isLost
        let lease = isLost ? try await lock.acquire() : try await CatalogClosed.check { try await lock.acquire() }
        if let lease {
            let (known, seen, worked) = (watch.instance, watch.run, WorkedRun())
            var runner = self
            runner.worked = worked
            do {
                return try await lock.hold(lease) { [runner] in
                    try await runner.claim(order, known, watched: seen, in: catalog)
                }
            } catch let error where error is InstanceLock.Lost || (error as? BackupError)?.code == .conflict {
                // Only the summary was left to be written, which who reads it completes.
                if let report = worked.report, self.isAnswer(report, order) { return report }
                // Somebody broke the lock open, or the storage account was away for longer than the lease lasts.
                watch.isLost = true
                watch.run = worked.report == nil ? worked.record ?? watch.run : nil
                await self.notify(.lockLost(order.instance.name))
            }
        } else if watch.run == nil {
            try await self.noteLocked(order, &watch)
        }
        // By the time that the lock is free the instance may have changed.
        watch.instance = nil
        let key = InstanceKey(order.instance)
        if let run = watch.run {
            // Most looks find the run going on; only who returns early needs more of it than that.
            let record =
                order.returnsOnceAccepted
                ? try await catalog.record(run.run, of: key)?.record : try await catalog.finalRecord(run.run, of: key)
            if let record, record.state == .ended, !Self.isAnswer(record, order) {
                // Under the lock, where it is free next, the run that was asked for begins.
                watch.run = nil
                return nil
            }
            return record.flatMap { Self.report(watching: $0, order) }
        }
        if let unfinished = try await self.oldestUnfinished(of: key, in: catalog) {
            watch.run = unfinished
            await self.notify(.reattached(unfinished))
            return Self.report(watching: unfinished, order)
        }
        return nil
    }

    /// Leaves somebody else's run, which may have gone on since it was read; while the storage account is away it is told as it
    /// was last known.
    private func outOfTime(watching run: RunRecord, in catalog: BlobCatalog) async throws -> RunReport {
        var record = run
        do {
            record = try await catalog.record(run.run, of: run.instanceKey)?.record ?? run
        } catch let error as BackupError {
            await self.notify(.catalogUnavailable(error))
        }
        let ending: RunReport.Ending = record.state == .ended ? .ended : .outOfTime
        return RunReport(record: record, ending: ending, isReattached: true, place: .catalog)
    }

    /// Whether an error says how things stand, and not that the storage account is away: that no run is left to follow, or that
    /// the new holder of the lock has made this very run.
    private static func isAnswer(_ error: BackupError, _ order: BackupOrder) -> Bool {
        error.code == .recordExists || order.onlyResumes && error.code == .notFound
    }

    /// Whether somebody else's run, which has ended while it was watched, is what was asked for: one that was given up is not, nor
    /// one that was only written up, whose backup was there before anybody asked for this one.
    private static func isAnswer(_ record: RunRecord, _ order: BackupOrder) -> Bool {
        guard record.kind == .backup, !order.onlyResumes else { return true }
        guard record.attempts.contains(where: { $0.submission != .rejected }) else {
            return record.outcome != .interrupted
        }
        guard record.outcome == .verified, record.nominalAt < order.nominalAt,
            let written = record.backup?.modifiedAt ?? record.backup?.createdAt
        else { return true }
        return written >= order.nominalAt
    }

    /// What there is to report of somebody else's run; nil while it is to be watched on.
    private static func report(watching record: RunRecord, _ order: BackupOrder) -> RunReport? {
        let isAccepted = record.attempts.last?.submission == .accepted
        let ending: RunReport.Ending
        switch record.state {
        case .ended: ending = .ended
        case .accepted, .settling, .proving:
            guard order.returnsOnceAccepted, isAccepted else { return nil }
            ending = .accepted
        case .planned, .posting: return nil
        }
        return RunReport(record: record, ending: ending, isReattached: true, place: .catalog)
    }

    private func noteLocked(_ order: BackupOrder, _ watch: inout Watch) async throws {
        if watch.lockedSince == nil { await self.notify(.locked(order.instance.name)) }
        let since = watch.lockedSince ?? self.clock.uptime
        watch.lockedSince = since
        guard self.clock.uptime - since >= Self.lockPatience else { return }
        let other = order.kind.other
        if let run = try await self.oldestUnfinished(
            of: InstanceKey(order.instance),
            in: self.catalog(order, of: other)
        ) {
            throw BackupError(
                .busy,
                "A \(other) of \(order.instance.name) is under way (run \(run.run)).",
                remedy: "Try again when it has ended: apim-backup resume \(order.instance.name) follows it."
            )
        }
        throw BackupError(
            .busy,
            "The lock of \(order.instance.name) has been held for \(Self.lockPatience.formattedBriefly), and no run of it "
                + "is under way.",
            remedy: "If nobody is at work on it: \(self.lockBreak(order))"
        )
    }

    /// The command that ends the lock, with all that says where it is.
    private func lockBreak(_ order: BackupOrder) -> String {
        let standard = BackupOrder(instance: order.instance, nominalAt: order.nominalAt)
        let catalog =
            order.catalogContainer == standard.catalogContainer
            ? "" : " --catalog-container \(order.catalogContainer)"
        return "apim-backup lock break \(order.instance.name) --storage-account \(self.storage.account.name)\(catalog)"
    }

    private func notSeen(_ order: BackupOrder, because reason: String) -> BackupError {
        BackupError(
            .notSeenToTheEnd,
            "The \(order.kind) of \(order.instance.name) was not seen to its end within "
                + "\(order.limits.operation.formattedBriefly). \(reason)",
            remedy: "The next run goes on with it; a lock that nobody uses is ended by: \(self.lockBreak(order))"
        )
    }

    /// Goes on with what is under way, or begins; the lock is held.
    private func claim(
        _ order: BackupOrder,
        _ known: Instance?,
        watched: RunRecord?,
        in catalog: BlobCatalog
    ) async throws -> RunReport {
        if let watched, let ended = try await catalog.record(watched.run, of: watched.instanceKey)?.record,
            ended.state == .ended, Self.isAnswer(ended, order)
        {
            return RunReport(record: ended, ending: .ended, isReattached: true, place: .catalog)
        }
        let instance = if let known { known } else { try await self.currentInstance(order) }
        return try await self.attachOrBegin(order, instance, refusal: nil, in: catalog, isCatalog: true)
    }

    private func stopped(watching record: RunRecord?, _ order: BackupOrder) throws -> RunReport {
        guard let record else {
            throw BackupError(
                .interrupted,
                "Stopped while another process held the lock of \(order.instance.name); nothing was posted."
            )
        }
        return RunReport(record: record, ending: .interrupted, isReattached: true, place: .catalog)
    }

    /// Waits, unless somebody asks to stop.
    ///
    /// - Parameter duration: How long.
    /// - Returns: Whether the whole time has passed.
    /// - Throws: `CancellationError`
    func pause(_ duration: Duration) async throws -> Bool {
        try await self.stop.pause(duration, on: self.clock)
    }
}
