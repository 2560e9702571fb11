import AzureClient
import BackupDomain
import BackupEngine
import FoundationEssentials
import Settings

/// The drill that an instance's schedule has due, from the decision to the record of it.
///
/// Any process may die at any point. The restore's run has an id that follows from source, target and time, so that whoever looks next
/// finds how far it came, follows it, and writes the result down; several processes make one restore, by that id and the target's lock.
struct DrillTurn: Sendable {
    /// After how long a drill that could not begin is tried again.
    static let pause = Duration.seconds(300)

    let run: InstanceRun
    /// The zones of this machine.
    let zones: any TimeZoneDatabase
    /// The instance whose backup is tried.
    let instance: InstanceSettings
    /// Makes what watches the restore.
    let watch: @Sendable () -> any RunObserver

    private var connection: AzureConnection { self.run.connection }
    private var stop: StopSignal { self.run.context.stop }

    /// Makes the drill that is due.
    ///
    /// - Parameter begins: Called before anything is done for one that is due.
    /// - Returns: What it came to; nil where none is due, or somebody asked to stop: then the next process goes on.
    /// - Throws: ``BackupDomain/BackupError`` where something is in the way that may pass by itself.
    func perform(begins: @Sendable (DueDrill) -> Void = { _ in }) async throws -> DrillWork.Result? {
        let backup = self.instance.backup
        guard let rules = backup.drillRules, let to = backup.drill.to else { return nil }
        let zone = try self.zones.rules(named: rules.timeZone)
        let (source, opened) = try await self.stop.cancelling { try await self.run.find(self.instance) }
        let board = DrillBoard(documents: opened.documents)
        let now = self.connection.clock.now
        let history = try await board.open(InstanceKey(source), at: now)
        guard let time = rules.due(zone: zone, history, at: now) else { return nil }
        let due = DueDrill(time, of: source, into: to)
        begins(due)
        do {
            return try await self.stop.heeding { try await self.make(due, into: to) }
        } catch let error as BackupError where error.code != .interrupted {
            let isLast = self.connection.clock.now + Self.pause.timeInterval > time + DrillRules.window.timeInterval
            if error.code.mayPass, !isLast { throw error }
            return try await self.giveUp(due, of: source, error, board)
        }
    }

    /// Writes down that a drill could not be made.
    private func giveUp(
        _ due: DueDrill,
        of source: ResourceID,
        _ error: BackupError,
        _ board: DrillBoard
    ) async throws -> DrillWork.Result {
        let drill = DrillHistory.Drill(
            at: self.connection.clock.now.wholeSeconds,
            nominalAt: due.time,
            backupName: nil,
            backupRun: nil,
            run: due.run,
            target: nil,
            seconds: 0,
            isPassed: false,
            differences: nil,
            reason: error.message
        )
        try await board.note(drill, of: InstanceKey(source))
        return DrillWork.Result(source: source.name, drill: drill, difference: nil, error: error)
    }

    private func make(_ due: DueDrill, into to: String) async throws -> DrillWork.Result? {
        let work = self.work(.latest, into: to)
        let target = try await self.stop.cancelling { try await work.target() }
        if try await work.openRestore(of: target) != nil {
            // This drill's, that another process has left, or somebody else's, that is in the way.
            let report = try await work.follow(target, self.watch())
            guard report.ending == .ended else { return nil }
        }
        if let record = try await target.opened.restores.catalog.record(due.run, of: InstanceKey(target.id))?.record {
            return try await self.conclude(record, target, due)
        }
        let prepared = try await self.stop.cancelling { try await work.prepare(target) }
        try ScratchTag.require(prepared.plan.target)
        if let refusal = prepared.plan.refusals.first { throw refusal }
        let report = try await work.restore(
            prepared,
            confirmedAs: "tag \(ScratchTag.name)",
            safetyBackup: nil,
            for: due,
            self.watch()
        )
        guard report.ending == .ended else { return nil }
        guard report.record.run == due.run else {
            throw BackupError(.busy, "The restore \(report.record.run) of \(target.id.name) was under way.")
        }
        return try await DrillWork(restore: work, prepared: prepared).conclude(report, of: due.time)
    }

    /// Writes down what a restore came to that another process has made.
    private func conclude(
        _ record: RunRecord,
        _ target: RestoreWork.Target,
        _ due: DueDrill
    ) async throws -> DrillWork.Result {
        guard record.state == .ended, let backup = record.restore?.backup else {
            throw BackupError(.busy, "The restore \(record.run) of \(target.id.name) is under way.")
        }
        let work = self.work(.named(backup.name), into: target.settings.reference)
        let prepared = try await self.stop.cancelling { try await work.prepare(target) }
        let report = RunReport(record: record, ending: .ended, isReattached: true, place: .catalog)
        return try await DrillWork(restore: work, prepared: prepared).conclude(report, of: due.time)
    }

    private func work(_ selector: RestoreSelector, into target: String) -> RestoreWork {
        .trying(selector, of: self.instance.reference, on: target, self.run)
    }
}
