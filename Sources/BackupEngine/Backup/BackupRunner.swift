package import BackupDomain
import FoundationEssentials

/// Makes one backup: does what the ``Run`` asks for, and writes the record before each step that Azure can see.
package struct BackupRunner: Sendable {
    /// How many of an instance's newest runs are looked at for one that is still under way.
    private static let lookBack = 5

    let plane: any ManagementPlane
    let storage: RunStorage
    let clock: any WallClock
    let stop: StopSignal
    let fallback: any Catalog
    let program: String
    let notify: @Sendable (RunNotice) async -> Void
    /// Where the run that is worked on under a lock is noted.
    var worked: WorkedRun?

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - plane: Azure Resource Manager.
    ///   - storage: The storage account.
    ///   - clock: The time.
    ///   - stop: Ends waits early when raised.
    ///   - fallback: Where records go that the catalog container does not take.
    ///   - program: The program and its version, for the record.
    ///   - notify: Told of everything that a person may want to see.
    package init(
        plane: any ManagementPlane,
        storage: RunStorage,
        clock: any WallClock,
        stop: StopSignal,
        fallback: any Catalog,
        program: String,
        notify: @escaping @Sendable (RunNotice) async -> Void
    ) {
        self.plane = plane
        self.storage = storage
        self.clock = clock
        self.stop = stop
        self.fallback = fallback
        self.program = program
        self.notify = notify
    }

    /// Makes the backup, or goes on with one of the same instance that is under way already.
    ///
    /// - Parameter order: What is wanted.
    /// - Returns: The run's record and why the runner returned.
    /// - Throws: ``BackupDomain/BackupError`` where no run could begin: the instance or the account cannot be found or
    ///   reached, no credential serves, the clock is off.
    package func run(_ order: BackupOrder) async throws -> RunReport {
        let run = RunID(instance: order.instance, nominalAt: order.nominalAt)
        return try await CallContext.$runID.withValue(run) { try await self.prepare(order) }
    }

    /// Follows the run of an instance that is under way, and begins none.
    ///
    /// Works also for an instance that has been deleted since: what became of its last run is written up.
    ///
    /// - Parameter order: Which instance, and where its records are.
    /// - Returns: The run's record and why the runner returned.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where nothing is under way, and others.
    package func resume(_ order: BackupOrder) async throws -> RunReport {
        var order = order
        order.onlyResumes = true
        let run = RunID(instance: order.instance, nominalAt: order.nominalAt)
        return try await CallContext.$runID.withValue(run) { [order] in
            let instance = try await self.currentInstance(order)
            let catalog = BlobCatalog(storage: self.storage.blobs, container: order.catalogContainer)
            do {
                return try await self.stop.heeding { try await self.runUnderLock(order, instance, in: catalog) }
            } catch let closed as CatalogClosed {
                throw closed.error
            }
        }
    }

    /// Reads the instance; one that is gone is no reason to leave its last run without an end.
    func currentInstance(_ order: BackupOrder) async throws -> Instance? {
        do {
            return try await self.plane.instance(order.instance).instance
        } catch let error as BackupError where error.code == .instanceNotFound && order.onlyResumes {
            return nil
        }
    }

    private func prepare(_ order: BackupOrder) async throws -> RunReport {
        let (instance, answer) = try await self.plane.instance(order.instance)
        if let error = BackupChecks.clockRefusal(ours: self.clock.now, azure: answer.date) { throw error }
        let refusal = BackupChecks.refusal(
            of: instance,
            access: order.access,
            apiVersion: order.azureAPIVersion
        )
        return try await self.stop.heeding { try await self.prepareContainers(order, instance, refusal) }
    }

    private func prepareContainers(
        _ order: BackupOrder,
        _ instance: Instance,
        _ refusal: BackupError?
    ) async throws -> RunReport {
        let setup = ContainerSetup(storage: self.storage)
        if refusal == nil { _ = try await setup.prepare(order.container) }
        do {
            if case .hidden(let error) = try await setup.prepare(order.catalogContainer) {
                return try await self.run(order, instance, refusal: refusal, catalog: nil, because: error)
            }
        } catch let error as BackupError where refusal != nil {
            // What is refused anyway must not be hidden behind the record's own troubles.
            return try await self.run(order, instance, refusal: refusal, catalog: nil, because: error)
        }
        let catalog = BlobCatalog(storage: self.storage.blobs, container: order.catalogContainer)
        return try await self.run(order, instance, refusal: refusal, catalog: catalog, because: nil)
    }

    private func run(
        _ order: BackupOrder,
        _ instance: Instance,
        refusal: BackupError?,
        catalog: BlobCatalog?,
        because reason: BackupError?
    ) async throws -> RunReport {
        if let reason { await self.notify(.catalogUnavailable(reason)) }
        let chosen: any Catalog = catalog ?? self.fallback
        do {
            // What is refused posts nothing and needs no lock; where no lease can be had there is none.
            if let catalog, refusal == nil { return try await self.runUnderLock(order, instance, in: catalog) }
            return try await self.attachOrBegin(
                order,
                instance,
                refusal: refusal,
                in: chosen,
                isCatalog: catalog != nil
            )
        } catch let closed as CatalogClosed {
            // May read the account but not write there, or it is a refused run whose container nobody has made.
            return try await self.run(order, instance, refusal: refusal, catalog: nil, because: closed.error)
        }
    }

    /// Goes on with the instance's unfinished run, or begins one.
    func attachOrBegin(
        _ order: BackupOrder,
        _ instance: Instance?,
        refusal: BackupError?,
        in catalog: any Catalog,
        isCatalog: Bool
    ) async throws -> RunReport {
        let unfinished = try await Self.checked(isCatalog) {
            refusal == nil ? try await self.unfinishedRun(of: InstanceKey(order.instance), in: catalog) : nil
        }
        if let unfinished {
            let report = try await self.reattach(unfinished, order, instance, in: catalog, isCatalog: isCatalog)
            guard !order.onlyResumes, self.mustBegin(after: report, order) else { return report }
        }
        guard let instance, !order.onlyResumes else {
            throw BackupError(.notFound, "No run of \(order.instance.name) is under way.")
        }
        return try await self.beginOnce(order, instance, refusal: refusal, in: catalog, isCatalog: isCatalog)
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

    /// Tells a closed catalog from other troubles, where it is the container's.
    private static func checked<Value>(_ isCatalog: Bool, _ body: () async throws -> Value) async throws -> Value {
        isCatalog ? try await CatalogClosed.check(body) : try await body()
    }

    func unfinishedRun(
        of instance: InstanceKey,
        in catalog: any Catalog
    ) async throws -> (record: RunRecord, version: ETag)? {
        for id in try await catalog.newestRuns(of: instance, limit: Self.lookBack) {
            if let found = try await catalog.unfinishedRecord(id, of: instance) { return found }
        }
        return nil
    }

    private func reattach(
        _ unfinished: (record: RunRecord, version: ETag),
        _ order: BackupOrder,
        _ instance: Instance?,
        in catalog: any Catalog,
        isCatalog: Bool
    ) async throws -> RunReport {
        var run = Run(resuming: unfinished.record, limits: order.limits, at: self.clock.now)
        if run.record.attempts.allSatisfy({ $0.submission == .rejected }) {
            // Nothing was ever posted: what was wanted then, and how, is not what is wanted now.
            run.handle(.stoppedBeforePost, at: self.clock.now)
        } else if let instance, run.record.attempts.last?.submission == .unanswered {
            run.repost(with: order.access, apiVersion: order.azureAPIVersion, service: instance.document)
        }
        await self.notify(.reattached(run.record))
        self.worked?.note(run.record)
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

    /// Begins a run, or a second later where somebody asked for one in this very second and has had it.
    private func beginOnce(
        _ order: BackupOrder,
        _ instance: Instance,
        refusal: BackupError?,
        in catalog: any Catalog,
        isCatalog: Bool
    ) async throws -> RunReport {
        do {
            return try await self.begin(order, instance, refusal: refusal, in: catalog, isCatalog: isCatalog)
        } catch let error as BackupError where error.code == .recordExists && order.trigger == .manual {
            var later = order
            later.nominalAt += 1
            return try await self.beginOnce(later, instance, refusal: refusal, in: catalog, isCatalog: isCatalog)
        }
    }

    private func begin(
        _ order: BackupOrder,
        _ instance: Instance,
        refusal: BackupError?,
        in catalog: any Catalog,
        isCatalog: Bool
    ) async throws -> RunReport {
        let record = RunRecord(
            run: RunID(instance: instance.id, nominalAt: order.nominalAt),
            instance: RecordedInstance(instance),
            nominalAt: order.nominalAt,
            trigger: order.trigger,
            storage: RecordedStorage(
                account: self.storage.account.name,
                blobEndpoint: self.storage.account.blobEndpoint.absoluteString,
                container: order.container,
                catalogContainer: order.catalogContainer
            ),
            access: RecordedAccess(order.access),
            azureAPIVersion: order.azureAPIVersion,
            backupNameTemplate: order.nameTemplate.text,
            plannedAt: self.clock.now,
            service: instance.document,
            program: self.program
        )
        var run = Run(record, limits: order.limits)
        if let refusal {
            run.refuse(refusal, at: self.clock.now)
        } else if instance.isBusy {
            run.foundBusy(at: self.clock.now)
        }
        let (planned, isClosable) = (run.record, isCatalog)
        let version = try await Self.checked(isClosable) { try await catalog.create(planned) }
        self.worked?.note(run.record)
        await self.notify(.changed(run.record))
        var journey = RunJourney(
            runner: self,
            order: order,
            catalog: catalog,
            run: run,
            version: version,
            isReattached: false
        )
        return try await self.follow(&journey, isCatalog: isCatalog)
    }

    private func follow(_ journey: inout RunJourney, isCatalog: Bool) async throws -> RunReport {
        let run = journey.run.record.run
        let ending = try await CallContext.$runID.withValue(run) { try await journey.travel() }
        let isInCatalog = isCatalog && !journey.isInFallback
        if isInCatalog {
            do {
                try await journey.catalog.summarize(journey.run.record, at: self.clock.now)
            } catch let error as BackupError {
                await self.notify(.summaryUnwritten(error))
            }
        }
        return RunReport(
            record: journey.run.record,
            ending: ending,
            isReattached: journey.isReattached,
            isInCatalog: isInCatalog
        )
    }
}
