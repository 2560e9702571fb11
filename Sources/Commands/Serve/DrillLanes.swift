import BackupDomain
import BackupEngine
import Scheduling
import Settings
import Synchronization

/// The drills of a fleet, each made when its schedule names a time.
final class DrillLanes: LaneWorker {
    private let zones: any TimeZoneDatabase
    private let scheduler: SchedulerService
    private let lanes: BackupLanes
    private let members = Mutex<[InstanceKey: InstanceSettings]>([:])
    private let turn: @Sendable (InstanceSettings) -> DrillTurn
    private let log: EventLog
    private let ended: @Sendable () -> Void

    /// Creates lanes without an instance.
    ///
    /// - Parameters:
    ///   - width: How many drills are made at once.
    ///   - clock: The time.
    ///   - zones: The zones of this machine.
    ///   - log: Takes the lines.
    ///   - turn: Makes the drill of an instance.
    ///   - ended: Told of each drill that has come to something.
    init(
        width: Int,
        clock: any WallClock,
        zones: any TimeZoneDatabase,
        log: EventLog,
        turn: @escaping @Sendable (InstanceSettings) -> DrillTurn,
        ended: @escaping @Sendable () -> Void
    ) {
        let lanes = BackupLanes(width: width)
        self.lanes = lanes
        self.scheduler = SchedulerService(clock: clock) { due in lanes.call(due.map(\.instance)) }
        self.zones = zones
        self.log = log
        self.turn = turn
        self.ended = ended
    }

    /// Takes an instance in, where there are to be drills with its backups.
    ///
    /// - Parameters:
    ///   - id: Its resource id.
    ///   - instance: The instance, with what holds for it.
    func take(_ id: ResourceID, _ instance: InstanceSettings) {
        guard let rules = instance.backup.drillRules else { return }
        let key = InstanceKey(id)
        do {
            let zone = try self.zones.rules(named: rules.timeZone)
            self.members.withLock { $0[key] = instance }
            self.scheduler.add([key: DueTimes(rules.schedule, zone: zone, instance: id)])
        } catch {
            self.log.trouble(error, again: DrillTurn.pause, with: id.name)
        }
    }

    /// Works until the fleet is retired; what was begun is brought to its end.
    ///
    /// - Parameter retirement: Raised when no more drills are to begin.
    func run(until retirement: StopSignal) async {
        await withDiscardingTaskGroup { group in
            group.addTask { _ = try? await retirement.unlessRaised { try await self.scheduler.run() } }
            group.addTask { await self.lanes.run(self) }
            // Returns on cancellation too.
            await retirement.wait()
            self.lanes.finish()
        }
    }

    func work(on key: InstanceKey) async {
        guard let instance = self.members.withLock({ $0[key] }) else { return }
        do {
            let turn = self.turn(instance)
            guard let result = try await turn.perform(begins: { self.log.drillBegins($0, of: instance.instanceName) })
            else {
                return
            }
            self.log.drillEnded(result)
            self.ended()
        } catch let error as BackupError where error.code != .interrupted {
            self.log.trouble(error, again: DrillTurn.pause, with: instance.instanceName)
            self.scheduler.lookAgain(at: key, after: DrillTurn.pause)
        } catch {
            // Somebody asked to stop: the next process goes on.
        }
    }

    func look(at key: InstanceKey) async {}
}
