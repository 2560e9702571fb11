import BackupDomain
import Inventory

/// What changed between two nights that have inventories.
struct ChangedNight: Sendable {
    /// The instance.
    var instance: ResourceID
    /// The later night.
    var night: InventoriedNight
    /// The earlier one.
    var before: InventoriedNight
    /// What changed between them.
    var difference: InventoryDifference

    init(of instance: ResourceID, _ night: InventoriedNight, _ before: InventoriedNight) {
        self.instance = instance
        self.night = night
        self.before = before
        self.difference = InventoryDifference(from: before.inventory, to: night.inventory)
    }

    /// The command that asks Azure who did what to the instance between the two.
    ///
    /// Azure filters by group only, since what lies in an instance has ids of its own, and its command shows 50 entries unless it
    /// is told otherwise.
    ///
    /// Source: <https://learn.microsoft.com/cli/azure/monitor/activity-log#az-monitor-activity-log-list>
    var activityLogCommand: String {
        let id = self.instance
        let from = (self.before.run.inventory?.takenAt ?? self.before.at).wholeSeconds.iso8601
        let to = (self.night.run.inventory?.takenAt ?? self.night.at).wholeSeconds.iso8601
        let query =
            "[?contains(resourceId, '/service/\(id.name)')].{time:eventTimestamp,who:caller,what:operationName.value,"
            + "on:resourceId}"
        return "az monitor activity-log list --subscription \(id.subscription) --resource-group "
            + "\(ShellWord.quoted(id.resourceGroup)) --start-time \(from) --end-time \(to) --max-events 1000 --query \"\(query)\" --output table"
    }
}
