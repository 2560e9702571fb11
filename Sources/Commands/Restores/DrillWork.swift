import AzureClient
import BackupDomain
import BackupEngine
import FoundationEssentials
import Inventory
import Settings

/// What follows the restore of a drill: the comparison, and the record of it.
struct DrillWork: Sendable {
    let restore: RestoreWork
    let prepared: RestoreWork.Prepared

    /// What a drill came to.
    struct Result: Sendable {
        var source: String
        var drill: DrillHistory.Drill
        /// What differs; nil where there was nothing to compare with.
        var difference: InventoryDifference?
        /// Why it was not made; nil where it was.
        var error: BackupError?
    }

    private var connection: AzureConnection { self.restore.run.connection }

    /// Compares what came of the restore with what was backed up, and writes the result down.
    ///
    /// - Parameters:
    ///   - report: The restore's report; it has ended.
    ///   - time: The time of the schedule; nil where somebody asked for the drill.
    /// - Returns: The result.
    /// - Throws: ``BackupDomain/BackupError``
    func conclude(_ report: RunReport, of time: Date? = nil) async throws -> Result {
        let (point, record) = (self.prepared.plan.choice.point, report.record)
        var difference: InventoryDifference?
        var reason = record.error?.message
        if report.outcome == .verified {
            do {
                difference = try await self.difference()
                if let difference, !difference.isEmpty {
                    reason = "\(difference.changes.count) things differ from what was backed up."
                }
            } catch let error as BackupError {
                reason = "What was restored could not be compared: \(error.message)"
            }
        }
        let drill = DrillHistory.Drill(
            at: self.connection.clock.now.wholeSeconds,
            nominalAt: time,
            backupName: point.name,
            backupRun: point.run,
            run: record.run,
            target: record.instance.id,
            seconds: Int(record.timeTaken?.components.seconds ?? 0),
            isPassed: report.outcome == .verified && reason == nil,
            differences: difference?.changes.count,
            reason: reason
        )
        if let instance = point.instance {
            try await DrillBoard(documents: self.prepared.source.documents).note(drill, of: point, instance)
        }
        return Result(source: self.prepared.plan.source.name, drill: drill, difference: difference)
    }

    /// Compares the scratch instance with the inventory that was taken with the backup, not with the source as it is now, which has
    /// moved on.
    private func difference() async throws -> InventoryDifference? {
        let point = self.prepared.plan.choice.point
        guard let run = point.run, let instance = point.instance,
            let recorded = try await self.prepared.source.catalog.record(run, of: instance)?.record.inventory,
            let digest = recorded.digest
        else { return nil }
        let target = self.prepared.plan.target
        let before = try await self.prepared.source.inventories.inventory(digest)
        let after = try await self.connection.gatherer.gather(target.id, tier: target.tier, level: recorded.level)
        return InventoryDifference(from: before, to: after.inventory)
    }
}
