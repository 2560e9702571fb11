import BackupDomain
import BackupEngine
import Inventory
import Settings

/// One instance's backup, from its settings to the report.
struct InstanceRun: Sendable {
    let connection: AzureConnection
    let context: CommandContext
    /// Whether to return once Azure has accepted.
    var returnsOnceAccepted = false
    /// Whether nobody waits for its end, so that runs are followed for as long as they take, whatever the setting `timeout` says.
    var isUnattended = false

    /// A backup that could begin: the order, where it goes, and who makes and watches it.
    struct Prepared: Sendable {
        var order: BackupOrder
        var opened: OpenedStorage
        var runner: BackupRunner
        var observer: any RunObserver

        /// Makes the backup, watched.
        ///
        /// - Parameter order: What is wanted; the order as it was prepared where nothing else is.
        /// - Returns: The runner's report.
        /// - Throws: ``BackupDomain/BackupError``
        func backUp(_ order: BackupOrder? = nil) async throws -> RunReport {
            try await InstanceRun.watched(by: self.observer) { try await self.runner.run(order ?? self.order) }
        }
    }

    /// Finds an instance and the containers that its backup goes to.
    ///
    /// - Parameters:
    ///   - instance: The instance, with what holds for it.
    ///   - watch: Makes what watches the run, given the containers that it goes to.
    /// - Returns: What could begin.
    /// - Throws: ``BackupDomain/BackupError`` where no run could begin, `CancellationError` where somebody asked to stop.
    func prepare(
        _ instance: InstanceSettings,
        _ watch: @escaping @Sendable (OpenedStorage) -> any RunObserver
    ) async throws -> Prepared {
        if instance.backup.inventoryOnly, instance.backup.inventory == .off {
            throw BackupOrder.nothingToRead(instance.instanceName)
        }
        let access = try self.context.storageAccess(instance.backup.access)
        let (id, opened) = try await self.context.stop.cancelling { try await self.find(instance) }
        let observer = watch(opened)
        return Prepared(
            order: self.order(for: id, instance.backup, access),
            opened: opened,
            runner: self.runner(opened, observer, inventory: instance.backup.inventory),
            observer: observer
        )
    }

    /// Backs an instance up, or follows the run of it that is under way.
    ///
    /// - Parameters:
    ///   - instance: The instance, with what holds for it.
    ///   - name: The backup that is about to be restored into it; nil where none is.
    ///   - watch: Makes what watches the run, given the containers that it goes to.
    /// - Returns: The runner's report.
    /// - Throws: ``BackupDomain/BackupError`` where no run could begin, `CancellationError` where somebody asked to stop
    ///   before one did.
    func backUp(
        _ instance: InstanceSettings,
        beforeRestoreOf name: String? = nil,
        _ watch: @escaping @Sendable (OpenedStorage) -> any RunObserver
    ) async throws -> RunReport {
        // The look-up and the first tokens are calls of this run too.
        let asked = self.connection.clock.now
        let run = RunID(of: instance.reference, askedOf: self.context.invocationID, at: asked)
        return try await CallContext.$runID.withValue(run) {
            let prepared = try await self.prepare(instance, watch)
            var order = prepared.order
            order.nominalAt = asked.wholeSeconds
            order.ownRun = run
            order.beforeRestoreOf = name
            return try await prepared.backUp(order)
        }
    }

    /// Follows the run of an instance that is under way.
    ///
    /// - Parameters:
    ///   - id: The instance's resource id.
    ///   - backup: What holds for it.
    ///   - opened: The containers that its records are in.
    ///   - kind: What the run does.
    ///   - observer: Told of the run.
    /// - Returns: The runner's report.
    /// - Throws: ``BackupDomain/BackupError``
    func resume(
        _ id: ResourceID,
        _ backup: BackupSettings,
        in opened: OpenedStorage,
        kind: RunKind = .backup,
        _ observer: any RunObserver
    ) async throws -> RunReport {
        var backup = backup
        backup.storage = opened.settings
        var order = self.order(for: id, backup, try self.context.storageAccess(backup.access))
        order.kind = kind
        return try await self.runner(opened, observer, kind: kind).resume(order)
    }

    /// Finds an instance and the containers of its settings.
    ///
    /// - Parameter instance: The instance, with what holds for it.
    /// - Returns: Its resource id and the containers.
    /// - Throws: ``BackupDomain/BackupError``
    func find(_ instance: InstanceSettings) async throws -> (ResourceID, OpenedStorage) {
        let id = try await InstanceLookup(plane: self.connection.plane).find(
            instance.reference,
            subscription: instance.backup.subscription,
            resourceGroup: instance.resourceGroup
        )
        return (id, try await self.connection.open(instance.backup, subscription: id.subscription))
    }

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - opened: The containers of the instance's records.
    ///   - observer: Told of the run.
    ///   - kind: What its runs do.
    ///   - inventory: How much of the instance is read just before each backup.
    /// - Returns: The runner.
    func runner(
        _ opened: OpenedStorage,
        _ observer: any RunObserver,
        kind: RunKind = .backup,
        inventory: InventoryLevel = .off
    ) -> BackupRunner {
        let inventories = FiledInventories(
            gatherer: self.connection.gatherer,
            store: opened.inventories,
            level: inventory,
            clock: self.connection.clock,
            previous: { [clock = self.connection.clock] id in
                let runs = try await opened.catalog.summary(of: InstanceKey(id), at: clock.now)?.runs ?? []
                return runs.lazy.compactMap { run in
                    run.inventory.map { FiledInventories.Previous(digest: $0.digest, at: run.nominalAt) }
                }.first
            }
        )
        return BackupRunner(
            plane: self.connection.plane,
            storage: opened.storage,
            clock: self.connection.clock,
            stop: self.context.stop,
            fallback: opened.localRecords(of: kind),
            program: "apim-backup \(ApimBackup.version)",
            inventories: inventory == .off ? nil : inventories,
            notify: { await observer.notice($0) }
        )
    }

    /// Makes the order of a backup by an instance's settings.
    ///
    /// - Parameters:
    ///   - id: The instance.
    ///   - backup: What holds for it.
    ///   - access: How API Management reaches the account.
    /// - Returns: The order.
    func order(for id: ResourceID, _ backup: BackupSettings, _ access: StorageAccess) -> BackupOrder {
        var order = BackupOrder(instance: id, nominalAt: self.connection.clock.now)
        order.container = backup.storage.container
        order.catalogContainer = backup.storage.catalogContainer
        order.access = access
        order.isInventoryOnly = backup.inventoryOnly
        order.nameTemplate = backup.backupName
        order.azureAPIVersion = self.connection.settings.apiVersion
        order.returnsOnceAccepted = self.returnsOnceAccepted
        // Who is to follow it for a shorter time leaves it to the next run: the record ends only when Azure must have done with it.
        if !self.isUnattended, backup.timeout < order.limits.operation { order.limits.patience = backup.timeout }
        order.limits.operation = max(backup.timeout, order.limits.operation)
        order.limits.busy = backup.waitBusy
        return order
    }

    /// Works while somebody watches.
    ///
    /// - Parameters:
    ///   - observer: Who watches; stopped before this returns.
    ///   - work: The work.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws.
    static func watched<Value: Sendable>(
        by observer: any RunObserver,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                await observer.run()
                return nil
            }
            while let value = try await group.next() {
                guard let value else { continue }
                group.cancelAll()
                // The live line goes away before the result is printed.
                try await group.waitForAll()
                return value
            }
            throw CancellationError()
        }
    }
}
