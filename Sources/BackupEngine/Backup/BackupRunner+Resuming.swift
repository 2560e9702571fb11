import BackupDomain
import FoundationEssentials

/// What was left behind is followed to its end before anything new is begun.
extension BackupRunner {
    /// A run that has no outcome yet, and where its record is.
    struct OpenRun {
        var record: RunRecord
        var version: ETag
        var catalog: any Catalog
        /// Whether that is the catalog container.
        var isCatalog: Bool
    }

    /// Goes on with the instance's unfinished runs, the oldest first, or begins one.
    func attachOrBegin(
        _ order: BackupOrder,
        _ instance: Instance?,
        refusal: BackupError?,
        in catalog: any Catalog,
        isCatalog: Bool
    ) async throws -> RunReport {
        var followed: Set<RunID> = []
        while refusal == nil, let open = try await self.left(order, in: catalog, isCatalog, except: followed) {
            followed.insert(open.record.run)
            let report = try await self.reattach(open, order, instance)
            guard !order.onlyResumes, self.mustBegin(after: report, order) else { return report }
        }
        guard let instance, !order.onlyResumes else {
            throw BackupError(.notFound, "No run of \(order.instance.name) is under way.")
        }
        return try await self.beginOnce(order, instance, refusal: refusal, in: catalog, isCatalog: isCatalog)
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

    /// Reads the instance's runs that have no outcome yet, newest first.
    func unfinishedRuns(
        of instance: InstanceKey,
        in catalog: any Catalog
    ) async throws -> [(record: RunRecord, version: ETag)] {
        var open: [(record: RunRecord, version: ETag)] = []
        for run in try await catalog.unfinishedRuns(of: instance, at: self.clock.now) {
            if let found = try await catalog.unfinishedRecord(run, of: instance) { open.append(found) }
        }
        return open
    }

    /// Tells a closed catalog from other troubles, where it is the container's.
    static func checked<Value>(_ isCatalog: Bool, _ body: () async throws -> Value) async throws -> Value {
        isCatalog ? try await CatalogClosed.check(body) : try await body()
    }

    /// The oldest unfinished run: of the catalog, else of those whose records a run without rights left on this machine.
    private func left(
        _ order: BackupOrder,
        in catalog: any Catalog,
        _ isCatalog: Bool,
        except followed: Set<RunID>
    ) async throws -> OpenRun? {
        let key = InstanceKey(order.instance)
        let recorded = try await Self.checked(isCatalog) { try await self.unfinishedRuns(of: key, in: catalog) }
        if let open = recorded.last(where: { !followed.contains($0.record.run) }) {
            return OpenRun(record: open.record, version: open.version, catalog: catalog, isCatalog: isCatalog)
        }
        guard isCatalog else { return nil }
        return try await self.unfinishedRuns(of: key, in: self.fallback)
            .last { !followed.contains($0.record.run) }
            .map { OpenRun(record: $0.record, version: $0.version, catalog: self.fallback, isCatalog: false) }
    }

    /// Whether a run that was found ended is no answer to what was asked for.
    ///
    /// A run that goes on, or did until a moment ago, is. One that had been left behind is not: it was never posted, or is
    /// older than an operation may take, or the caller wants one posted and not one followed.
    private func mustBegin(after report: RunReport, _ order: BackupOrder) -> Bool {
        guard report.ending == .ended else { return false }
        guard let posted = report.record.attempts.last(where: { $0.submission != .rejected })?.intendedAt else {
            return !self.stop.isRaised
        }
        return order.returnsOnceAccepted
            || posted + order.limits.operation.timeInterval <= self.clock.now
    }

    private func reattach(_ open: OpenRun, _ order: BackupOrder, _ instance: Instance?) async throws -> RunReport {
        var run = Run(resuming: open.record, limits: order.limits, at: self.clock.now)
        if run.record.attempts.allSatisfy({ $0.submission == .rejected }) {
            // Nothing was ever posted: what was wanted then, and how, is not what is wanted now.
            run.handle(.stoppedBeforePost, at: self.clock.now)
        } else if let instance, run.record.attempts.last?.submission == .unanswered {
            run.repost(with: order.access, apiVersion: order.azureAPIVersion, service: instance.document)
        }
        await self.notify(.reattached(run.record))
        self.worked?.note(run.record)
        let version = try await open.catalog.replace(run.record, version: open.version)
        var journey = RunJourney(
            runner: self,
            order: order,
            catalog: open.catalog,
            run: run,
            version: version,
            isReattached: true
        )
        return try await self.follow(&journey, isCatalog: open.isCatalog)
    }
}
