import AzureClient
import BackupDomain
import BackupEngine
import Foundation
import Scheduling
import Serving
import Settings
import Synchronization

/// The instances of one state of the settings, backed up by their schedules.
final class ScheduledFleet: Fleet, LaneWorker {
    /// How often instances are looked for that do not resolve.
    private static let pauseBetweenChecks = Duration.seconds(300)

    /// The settings.
    let settings: ProgramSettings
    /// When they were read.
    let loadedAt: Date
    /// What outlasts the settings.
    let state: DaemonState
    private let context: CommandContext
    private let looked: @Sendable () -> Void
    private let lanes: BackupLanes
    private let retirement = StopSignal()
    private let roster = Mutex(FleetRoster())
    private let desk = Mutex<FleetDesk?>(nil)

    /// Creates a fleet that does nothing yet.
    ///
    /// - Parameters:
    ///   - settings: The settings, checked.
    ///   - state: What outlasts the settings.
    ///   - context: What the program is given.
    ///   - looked: Told of each look of the scheduler.
    init(
        _ settings: ProgramSettings,
        state: DaemonState,
        context: CommandContext,
        looked: @escaping @Sendable () -> Void
    ) {
        self.settings = settings
        self.state = state
        self.loadedAt = context.clock.now.wholeSeconds
        self.context = context.remembering(settings, tail: state.tail)
        self.looked = looked
        self.lanes = BackupLanes(width: settings.serve.width)
    }

    func run(opened: @escaping @Sendable () -> Void) async throws {
        // What is on the desk knows the fleet in turn: a fleet that is over would never be let go.
        defer { self.desk.withLock { $0 = nil } }
        let log = self.makeLog(self.context.clock)
        try await AzureConnection.with(
            self.settings,
            rules: .unattended,
            context: self.context,
            warn: { log.passedOver($0) }
        ) { connection in
            let desk = self.makeDesk(connection)
            self.desk.withLock { $0 = desk }
            opened()
            desk.log.opened(self.settings)
            let incidents = IncidentService(
                connection,
                context: self.context,
                log: desk.log,
                counts: self.state.counts,
                bell: desk.incidents,
                watchlist: { self.watchlist() }
            )
            let isOver = StopSignal()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await self.retirement.unlessRaised { try await desk.scheduler.run() } }
                group.addTask { _ = try? await self.retirement.unlessRaised { try await self.assemble(desk) } }
                group.addTask {
                    async let drills: Void = desk.drills.run(until: self.retirement)
                    await self.lanes.run(self)
                    await drills
                    desk.pulse.finish()
                    isOver.raise()
                }
                group.addTask { await desk.pulse.run() }
                group.addTask { _ = try? await self.retirement.unlessRaised { try await desk.readings.run() } }
                group.addTask { _ = try? await self.retirement.unlessRaised { await self.probe(desk) } }
                if let checkups = self.checkups(desk) {
                    group.addTask { _ = try? await self.retirement.unlessRaised { try await checkups.run() } }
                }
                // What ends last is told too, if there is time.
                group.addTask { _ = try? await isOver.unlessRaised { try await incidents.run() } }
                // Returns on cancellation too.
                await self.retirement.wait()
                self.lanes.finish()
            }
        }
    }

    func retire() { self.retirement.raise() }

    private func makeDesk(_ connection: AzureConnection) -> FleetDesk {
        let lanes = self.lanes
        let log = self.makeLog(connection.clock)
        let run = InstanceRun(connection: connection, context: self.context, isUnattended: true)
        let (zones, incidents, interruption) = (self.context.zones, Bell(), self.context.interruption)
        let drills = DrillLanes(
            width: self.settings.width,
            clock: connection.clock,
            zones: zones,
            log: log
        ) { instance in
            DrillTurn(run: run, zones: zones, instance: instance) { LoggedRun(log: log, interruption: interruption) }
        } ended: {
            incidents.ring()
        }
        return FleetDesk(
            connection: connection,
            scheduler: SchedulerService(clock: connection.clock) {
                self.looked()
                self.state.memory.look(isIdle: lanes.working == 0)
            } handOver: { due in
                lanes.call(due.map(\.instance))
            },
            due: DueRun(run: run, zones: zones),
            drills: drills,
            log: log,
            pulse: run.pulse(log, counts: self.state.counts),
            incidents: incidents,
            readings: CatalogReader(clock: self.context.clock) {
                try await self.readCatalogs(connection, zones: zones)
            }
        )
    }

    /// Tells at the start of channels whose servers cannot be reached, before the first night has something to tell.
    private func probe(_ desk: FleetDesk) async {
        for problem in await ChannelReach(desk.connection, files: self.context.files).problems() {
            desk.log.problem(problem)
        }
    }

    /// Lets the doctor look each day; nil where the settings leave that to people.
    private func checkups(_ desk: FleetDesk) -> CheckupService? {
        DailyCheckup(desk.connection, context: self.context, log: desk.log).map { checkup in
            CheckupService(
                checkup: checkup,
                clock: desk.connection.clock,
                watchlist: { self.watchlist() },
                changed: { desk.incidents.ring() }
            )
        }
    }

    private func makeLog(_ clock: any WallClock) -> EventLog {
        EventLog(self.settings.log, tail: self.state.tail, clock: clock, terminal: self.context.terminal)
    }

    // MARK: Which instances

    /// Finds the instances, and goes on looking for those that do not resolve.
    private func assemble(_ desk: FleetDesk) async throws {
        // What is known needs no look-up, and its times do not wait for one.
        for instance in self.settings.instances { if let id = instance.knownID { self.take(id, instance, desk) } }
        var pending = self.settings.instances
        while true {
            let resolved = try await pending.map(width: self.settings.width) { instance in
                try await self.resolves(instance, desk)
            }
            let isFirst = self.roster.withLock { roster in
                defer { roster.isChecked = true }
                return !roster.isChecked
            }
            // Only now can be said how all stand.
            if isFirst { desk.incidents.ring() }
            pending = zip(pending, resolved).filter { !$1 }.map(\.0)
            if pending.isEmpty { return }
            try await desk.connection.clock.sleep(for: Self.pauseBetweenChecks)
        }
    }

    /// Looks whether an instance is there and can be backed up.
    private func resolves(_ instance: InstanceSettings, _ desk: FleetDesk) async throws -> Bool {
        var fault: BackupError?
        do {
            let plane = desk.connection.plane
            let access = try self.context.storageAccess(instance.backup.access)
            let id = try await InstanceLookup(plane: plane).find(
                instance.reference,
                subscription: instance.backup.subscription,
                resourceGroup: instance.resourceGroup
            )
            self.take(id, instance, desk)
            fault = BackupChecks.refusal(
                of: try await plane.instance(id).instance,
                access: access,
                apiVersion: self.settings.apiVersion
            )
        } catch let error as BackupError {
            fault = error
        }
        let isNews = self.roster.withLock { $0.note(instance.reference, fault) }
        if isNews { desk.log.resolved(instance.reference, fault) }
        if isNews || fault != nil { desk.incidents.ring() }
        return fault == nil
    }

    private func take(_ id: ResourceID, _ instance: InstanceSettings, _ desk: FleetDesk) {
        guard let key = self.roster.withLock({ $0.take(id, instance) }) else { return }
        if let taken = self.roster.withLock({ $0.members[key] }) { desk.drills.take(id, taken) }
        let schedule = instance.backup.schedule.schedule
        do {
            let zone = try self.context.zones.rules(named: schedule.timeZone)
            desk.scheduler.add([key: DueTimes(schedule, zone: zone, instance: id)])
        } catch {
            desk.log.trouble(error, again: Self.pauseBetweenChecks, with: id.name)
        }
    }

    // MARK: What is due

    func work(on key: InstanceKey) async {
        guard let desk = self.desk.withLock(\.self), let instance = self.roster.withLock({ $0.members[key] }),
            !self.context.stop.isRaised
        else { return }
        self.state.memory.use()
        do {
            let prepared = try await self.prepare(instance, desk)
            try await prepared.work.perform { self.lanes.begin(key) }
            if self.roster.withLock({ $0.resume(key) }) { try await self.resume(instance, prepared, desk) }
            self.roster.withLock { $0.well(key) }
        } catch let error as BackupError where error.code != .interrupted {
            let pause = self.roster.withLock { $0.trouble(key) }
            desk.log.trouble(error, again: pause, with: instance.instanceName)
            desk.scheduler.lookAgain(at: key, after: pause)
        } catch {
            // Somebody asked to stop: what is open in the history is taken up by the next scheduler.
        }
    }

    func look(at key: InstanceKey) async {
        guard let desk = self.desk.withLock(\.self), let instance = self.roster.withLock({ $0.members[key] }) else {
            return
        }
        do {
            try await self.prepare(instance, desk).work.look()
        } catch let error as BackupError where error.code != .interrupted {
            desk.log.trouble(error, again: Self.pauseBetweenChecks, with: instance.instanceName)
            desk.scheduler.lookAgain(at: key, after: Self.pauseBetweenChecks)
        } catch {
            // Somebody asked to stop; the time is decided by the next scheduler.
        }
    }

    private func prepare(_ instance: InstanceSettings, _ desk: FleetDesk) async throws -> DueRun.Prepared {
        try await desk.due.prepare(instance) { _ in
            LoggedRun(log: desk.log, interruption: self.context.interruption)
        } notify: { instance, notice in
            self.note(notice, of: instance.id, desk)
        }
    }

    /// Takes in what happened to a schedule.
    private func note(_ notice: DueNotice, of instance: ResourceID, _ desk: FleetDesk) {
        desk.log.note(notice, of: instance)
        desk.pulse.note(notice, of: instance)
        self.state.counts.note(notice)
        // What another process has brought to its end does not go on.
        if let record = notice.endedRecord { self.context.interruption.note(record) }
        switch notice {
        case .ended, .leftOut, .resumed: desk.incidents.ring()
        case .begins, .trouble: break
        }
    }

    /// Follows a run that no schedule ordered and that nobody saw to its end.
    private func resume(
        _ instance: InstanceSettings,
        _ prepared: DueRun.Prepared,
        _ desk: FleetDesk
    ) async throws {
        do {
            let report = try await desk.due.run.resume(
                prepared.instance.id,
                instance.backup,
                in: prepared.opened,
                LoggedRun(log: desk.log, interruption: self.context.interruption)
            )
            self.note(.resumed(report), of: prepared.instance.id, desk)
        } catch let error as BackupError where error.code == .notFound {
            // Mostly nothing is under way.
        }
    }

    // MARK: How it stands

    /// What the fleet works with; nil before Azure is reached.
    var presentDesk: FleetDesk? { self.desk.withLock(\.self) }

    /// Real time.
    var clock: any WallClock { self.context.clock }

    /// The instances that people are told of, and whether they are all of the settings.
    func watchlist() -> (list: Watchlist, isWhole: Bool) {
        let roster = self.roster.withLock(\.self)
        var list = Watchlist()
        for instance in self.settings.instances {
            let reference = instance.reference
            list.add(instance, id: roster.ids[reference], roster.tellingFault(of: reference))
        }
        return (list, roster.isChecked)
    }

    /// How long ago the scheduler looked; nil before the first time.
    var tickAge: Duration? { self.desk.withLock(\.self)?.scheduler.tickAge }

    /// Whether all is as it should be.
    ///
    /// - Parameter refused: Why a newer state of the settings was refused; nil where none was.
    /// - Returns: The page.
    func readiness(refused: String?) async -> Readiness {
        let desk = self.desk.withLock(\.self)
        let (isChecked, unresolved) = self.roster.withLock { ($0.isChecked, $0.unresolved) }
        return Readiness(
            settings: .init(file: self.settings.file, loadedAt: self.loadedAt, refused: refused),
            instances: self.settings.instances.count,
            checked: isChecked,
            unresolved: unresolved,
            catalogs: await desk?.catalogs(self.context.clock) ?? [],
            nextAt: desk?.scheduler.nextAt
        )
    }
}
