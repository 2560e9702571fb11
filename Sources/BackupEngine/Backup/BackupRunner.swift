package import BackupDomain
import FoundationEssentials

/// Makes one backup or one restore, or takes one inventory: does what the ``Run`` asks for, and writes the record before each step that Azure can see.
package struct BackupRunner: Sendable {
    let plane: any ManagementPlane
    let storage: RunStorage
    let clock: any WallClock
    let stop: StopSignal
    let fallback: any Catalog
    let program: String
    let inventories: (any InventorySource)?
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
    ///   - inventories: What reads the instance just before the POST; nil where nothing is to be read.
    ///   - notify: Told of everything that a person may want to see.
    package init(
        plane: any ManagementPlane,
        storage: RunStorage,
        clock: any WallClock,
        stop: StopSignal,
        fallback: any Catalog,
        program: String,
        inventories: (any InventorySource)? = nil,
        notify: @escaping @Sendable (RunNotice) async -> Void
    ) {
        // Whoever asks to stop does not wait for an answer that changes nothing; POSTs and records are sent to their end.
        self.plane = StoppableManagementPlane(base: plane, stop: stop)
        self.storage = RunStorage(
            account: storage.account,
            blobs: StoppableBlobStorage(base: storage.blobs, stop: stop)
        )
        self.clock = clock
        self.stop = stop
        self.fallback = fallback
        self.program = program
        self.inventories = inventories
        self.notify = notify
    }

    /// Makes the backup or the restore, or goes on with one of the same instance that is under way already.
    ///
    /// - Parameter order: What is wanted.
    /// - Returns: The run's record and why the runner returned.
    /// - Throws: ``BackupDomain/BackupError`` where no run could begin: the instance or the account cannot be found or
    ///   reached, no credential serves, the clock is off.
    package func run(_ order: BackupOrder) async throws -> RunReport {
        try await CallContext.$runID.withValue(order.run) { try await self.prepare(order) }
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
        // What a lost POST has come to is found out; another one is none of this command's business.
        order.limits.posts = 0
        return try await CallContext.$runID.withValue(order.run) { [order] in
            let catalog = self.catalog(order, of: order.kind)
            return try await self.stop.heeding {
                do {
                    try await self.requireUnfinished(order, in: catalog)
                    let instance = try await self.currentInstance(order)
                    return try await self.runUnderLock(order, instance, in: catalog)
                } catch let closed as CatalogClosed {
                    return try await self.resumeLocally(
                        order,
                        self.currentInstance(order),
                        because: closed.error
                    )
                }
            }
        }
    }

    /// Follows the run of an instance that was left behind, unless somebody is at work on it.
    ///
    /// - Parameter order: Which instance, and where its records are.
    /// - Returns: The run's record and why the runner returned; nil where there was nothing to follow.
    /// - Throws: ``BackupDomain/BackupError``
    package func resumeLeft(_ order: BackupOrder) async throws -> RunReport? {
        let lock = InstanceLock(
            of: InstanceKey(order.instance),
            blobs: self.storage.blobs,
            container: order.catalogContainer,
            clock: self.clock
        )
        guard try await !lock.isHeld() else { return nil }
        do {
            return try await self.resume(order)
        } catch let error as BackupError where error.code == .notFound {
            return nil
        }
    }

    /// Reads the instance; one that is gone is no reason to leave its last run without an end.
    func currentInstance(_ order: BackupOrder) async throws -> Instance? {
        do {
            return try await self.instance(of: order)
        } catch let error as BackupError where error.code == .instanceNotFound && order.onlyResumes {
            return nil
        }
    }

    /// Reads the instance; by a clock that is off nothing is begun, and nothing given up.
    private func instance(of order: BackupOrder) async throws -> Instance {
        let asked = self.clock.now
        let (instance, answer) = try await self.plane.instance(order.instance)
        let clock = ClockComparison(service: answer.date, asked: asked, answered: self.clock.now)
        if let error = BackupChecks.clockRefusal(clock) { throw error }
        return instance
    }

    private func prepare(_ order: BackupOrder) async throws -> RunReport {
        let instance = try await self.instance(of: order)
        // To be read an instance needs neither a tier with backups nor an identity that writes them.
        let refusal =
            order.isInventoryOnly
            ? nil
            : BackupChecks.refusal(
                of: instance,
                access: order.access,
                apiVersion: order.azureAPIVersion,
                for: order.kind
            )
        return try await self.stop.heeding { try await self.prepareContainers(order, instance, refusal) }
    }

    private func prepareContainers(
        _ order: BackupOrder,
        _ instance: Instance,
        _ refusal: BackupError?
    ) async throws -> RunReport {
        let setup = ContainerSetup(storage: self.storage)
        if refusal == nil, order.kind == .backup, !order.isInventoryOnly {
            _ = try await setup.prepare(order.container, isWritten: false)
        }
        do {
            if case .hidden(let error) = try await setup.prepare(order.catalogContainer, isWritten: true) {
                return try await self.run(order, instance, refusal: refusal, catalog: nil, because: error)
            }
        } catch let error as BackupError where refusal != nil || error.code == .containerUnavailable {
            // What is refused anyway must not be hidden behind the record's own troubles; and who may create no container
            // for records is still to have a backup, as is who may not look for it.
            return try await self.run(order, instance, refusal: refusal, catalog: nil, because: error)
        }
        let catalog = self.catalog(order, of: order.kind)
        return try await self.run(order, instance, refusal: refusal, catalog: catalog, because: nil)
    }

    /// The records of an order's instance.
    func catalog(_ order: BackupOrder, of kind: RunKind) -> BlobCatalog {
        BlobCatalog(storage: self.storage.blobs, container: order.catalogContainer, kind: kind)
    }

    private func run(
        _ order: BackupOrder,
        _ instance: Instance,
        refusal: BackupError?,
        catalog: BlobCatalog?,
        because reason: BackupError?
    ) async throws -> RunReport {
        // An inventory is filed in the catalog or nowhere.
        if let reason, order.isInventoryOnly { throw reason }
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

    /// Begins a run, or a second later where somebody asked for one in this very second and has had it.
    func beginOnce(
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
            later.ownRun = nil
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
        var run = Run(self.newRecord(order, instance), limits: order.limits)
        if let refusal {
            run.refuse(refusal, at: self.clock.now)
        } else if instance.isBusy, !order.isInventoryOnly {
            run.foundBusy(at: self.clock.now)
        }
        // What has no backup call has contents all the same; the record of a refusal is final at once.
        if isCatalog, refusal?.code == .tierUnsupported, let inventories {
            run.note(await self.takeInventory(inventories, of: instance, within: order.limits.inventory))
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
        // Where records do not go into the catalog, an inventory cannot either.
        if isCatalog, journey.run.record.state == .planned, !order.isInventoryOnly, let inventories {
            let taken = await self.takeInventory(inventories, of: instance, within: order.limits.inventory)
            journey.run.note(taken)
        }
        return try await self.follow(&journey, isCatalog: isCatalog)
    }

    /// The record of a run that has not begun.
    private func newRecord(_ order: BackupOrder, _ instance: Instance) -> RunRecord {
        var record = RunRecord(
            run: order.run,
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
        record.restore = order.restore?.recorded
        record.beforeRestoreOf = order.beforeRestoreOf
        if order.isInventoryOnly { record.takeInventoryOnly() }
        return record
    }

    func follow(_ journey: inout RunJourney, isCatalog: Bool) async throws -> RunReport {
        let run = journey.run.record.run
        let ending = try await CallContext.$runID.withValue(run) { try await journey.travel() }
        let isInCatalog = isCatalog && !journey.isInFallback
        let place: RunReport.Place =
            isInCatalog ? .catalog : self.fallback.folder.map { .folder($0) } ?? .memory
        let report = journey.report(ending, place: place)
        if isInCatalog {
            self.worked?.note(report)
            do {
                try await journey.catalog.summarize(journey.run.record, at: self.clock.now)
            } catch let error as BackupError {
                await self.notify(.summaryUnwritten(error))
            } catch is CancellationError where self.stop.isRaised {
                // Whoever reads the summary completes it from the record.
            }
        }
        return report
    }
}
