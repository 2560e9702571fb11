import BackupDomain
import FoundationEssentials

/// What was left behind is followed to its end before anything new is begun.
extension BackupRunner {
    /// Goes on with the instance's unfinished runs, the oldest first, or begins one.
    func attachOrBegin(
        _ order: BackupOrder,
        _ instance: Instance?,
        refusal: BackupError?,
        in catalog: any Catalog,
        isCatalog: Bool
    ) async throws -> RunReport {
        var current = instance
        for left in refusal == nil ? try await self.left(order, in: catalog, isCatalog) : [] {
            guard let found = try await self.unfinished(left.run, of: InstanceKey(order.instance), in: left.catalog),
                // A folder may hold the records of several accounts.
                found.record.storage.account == self.storage.account.name
            else { continue }
            let report = try await self.reattach(found, order, current, in: left.catalog, isCatalog: left.isCatalog)
            if self.isAnswer(report, order) { return report }
            // While a run was followed, the instance went on.
            current = try await self.currentInstance(order)
        }
        guard let current, !order.onlyResumes, order.kind == .backup || order.restore != nil else {
            throw Self.nothingUnderWay(order)
        }
        return try await self.beginOnce(order, current, refusal: refusal, in: catalog, isCatalog: isCatalog)
    }

    /// Sees that there is a run to go on with: where there is none, no lock is taken, and nobody waits for one.
    func requireUnfinished(_ order: BackupOrder, in catalog: BlobCatalog) async throws {
        guard try await self.left(order, in: catalog, true).isEmpty else { return }
        throw Self.nothingUnderWay(order)
    }

    private static func nothingUnderWay(_ order: BackupOrder) -> BackupError {
        BackupError(
            .notFound,
            "No \(order.kind == .backup ? "run" : "restore") of \(order.instance.name) is under way."
        )
    }

    /// Follows a run whose record is on this machine, since the catalog takes none.
    func resumeLocally(
        _ order: BackupOrder,
        _ instance: Instance?,
        because reason: BackupError
    ) async throws -> RunReport {
        do {
            return try await self.attachOrBegin(order, instance, refusal: nil, in: self.fallback, isCatalog: false)
        } catch let error as BackupError where error.code == .notFound {
            throw reason
        }
    }

    /// Reads the oldest run in the catalog that has no outcome yet: who holds the lock goes on with it first.
    func oldestUnfinished(of instance: InstanceKey, in catalog: any Catalog) async throws -> RunRecord? {
        for run in try await catalog.unfinishedRuns(of: instance, at: self.clock.now).reversed() {
            if let found = try await self.unfinished(run, of: instance, in: catalog) { return found.record }
        }
        return nil
    }

    /// Tells a closed catalog from other troubles, where it is the container's.
    static func checked<Value>(_ isCatalog: Bool, _ body: () async throws -> Value) async throws -> Value {
        isCatalog ? try await CatalogClosed.check(body) : try await body()
    }

    /// A run that perhaps has no outcome yet, and where its record is.
    private typealias LeftRun = (run: RunID, catalog: any Catalog, isCatalog: Bool)

    /// The unfinished runs, the oldest first: of the catalog, then of those whose records a run without rights left on this
    /// machine.
    private func left(_ order: BackupOrder, in catalog: any Catalog, _ isCatalog: Bool) async throws -> [LeftRun] {
        let (key, now) = (InstanceKey(order.instance), self.clock.now)
        let recorded = try await Self.checked(isCatalog) { try await catalog.unfinishedRuns(of: key, at: now) }
        let local = isCatalog ? try await self.fallback.unfinishedRuns(of: key, at: now) : []
        return recorded.reversed().map { ($0, catalog, isCatalog) }
            + local.reversed().map { ($0, self.fallback, false) }
    }

    /// Reads the record of a run that is open; one that is damaged is passed over, and set aside where that can be done,
    /// since it would keep every later night from its backup.
    private func unfinished(
        _ run: RunID,
        of instance: InstanceKey,
        in catalog: any Catalog
    ) async throws -> (record: RunRecord, version: ETag)? {
        do {
            return try await catalog.unfinishedRecord(run, of: instance)
        } catch let error as BackupError where error.code == .recordUnreadable {
            await self.notify(.recordPassedOver(try await self.setAside(run, of: instance, in: catalog, error)))
            return nil
        } catch let error as BackupError where error.code == .fileProblem {
            await self.notify(.recordPassedOver(error))
            return nil
        }
    }

    /// Puts a damaged record out of the way, and says where it is kept, or why it is still in the way.
    private func setAside(
        _ run: RunID,
        of instance: InstanceKey,
        in catalog: any Catalog,
        _ damage: BackupError
    ) async throws -> BackupError {
        var told = damage
        do {
            if let place = try await catalog.setAside(run, of: instance) { told.message += " It is kept as \(place)." }
        } catch let error as BackupError where error.code == .fileProblem {
            told.message += " It stays where it is: \(error.message)"
        }
        return told
    }

    /// Whether what came of a run is what was asked for.
    func isAnswer(_ report: RunReport, _ order: BackupOrder) -> Bool {
        !report.isReattached || order.onlyResumes || !self.mustBegin(after: report, order)
    }

    /// Whether a run that was found ended is no answer to what was asked for.
    ///
    /// A run that goes on is. One that had been left behind is not: it was never posted, had ended before anybody asked for
    /// this one, or is older than an operation may take, or the caller wants one posted and not one followed.
    private func mustBegin(after report: RunReport, _ order: BackupOrder) -> Bool {
        guard report.ending == .ended, !order.goesOn(with: report.record) else { return false }
        // What was read a moment ago answers whoever asks; each time of a schedule has an inventory of its own.
        if order.readsAnew(report.record) { return order.trigger == .schedule && !self.stop.isRaised }
        guard let posted = report.record.attempts.last(where: { $0.submission != .rejected })?.intendedAt else {
            return !self.stop.isRaised
        }
        // The target is another one now: who wants another restore looks at another plan.
        if report.record.kind == .restore { return false }
        return order.returnsOnceAccepted || self.isStale(report, order)
            || posted + order.limits.operation.timeInterval <= self.clock.now
    }

    /// Whether a run was only written up: Azure had done with it before the backup that is wanted was asked for.
    private func isStale(_ report: RunReport, _ order: BackupOrder) -> Bool {
        guard !report.wasSeenAtWork, report.record.nominalAt < order.nominalAt else { return false }
        switch report.record.outcome {
        case .verified:
            guard let backup = report.record.backup, let written = backup.modifiedAt ?? backup.createdAt else {
                return true
            }
            return written < order.nominalAt
        case .unverified, .failed: return true
        case .inventoried, .refused, .busy, .unknown, .interrupted, nil: return false
        }
    }

    private func reattach(
        _ unfinished: (record: RunRecord, version: ETag),
        _ order: BackupOrder,
        _ instance: Instance?,
        in catalog: any Catalog,
        isCatalog: Bool
    ) async throws -> RunReport {
        var run = Run(resuming: unfinished.record, limits: order.limits, at: self.clock.now)
        if instance?.isBusy == true { run.noteSeenAtWork() }
        let isUnposted = run.record.attempts.allSatisfy { $0.submission == .rejected }
        let isGivenUp = isUnposted && !order.goesOn(with: run.record) && !order.readsAnew(run.record)
        if isGivenUp || order.onlyResumes && run.record.state == .planned {
            // Nothing was ever posted, or nothing came of it: what was wanted then, and how, is not what is wanted now.
            run.handle(.stoppedBeforePost, at: self.clock.now)
        } else if let instance, isUnposted || run.record.attempts.last?.submission == .unanswered {
            run.repost(with: order.access, apiVersion: order.azureAPIVersion, service: instance.document)
        }
        // What is decided here is nothing that anybody may be told before it is written.
        self.worked?.note(unfinished.record)
        await self.notify(.reattached(run.record))
        let version = try await catalog.replace(run.record, version: unfinished.version)
        var journey = RunJourney(
            runner: self,
            order: order,
            catalog: catalog,
            run: run,
            version: version,
            isReattached: true
        )
        return try await self.follow(&journey, isCatalog: isCatalog)
    }
}
