import BackupDomain
import Inventory

/// What changed between two nights that have inventories.
struct ChangedNight: Sendable {
    /// The later night.
    var night: InventoriedNight
    /// The earlier one.
    var before: InventoriedNight
    /// What changed between them.
    var difference: InventoryDifference

    init(_ night: InventoriedNight, _ before: InventoriedNight) {
        self.night = night
        self.before = before
        self.difference = InventoryDifference(from: before.inventory, to: night.inventory)
    }

    /// The command that asks Azure who did what to the instance between the two.
    ///
    /// Azure filters by group only, since what lies in an instance has ids of its own.
    ///
    /// Source: <https://learn.microsoft.com/cli/azure/monitor/activity-log#az-monitor-activity-log-list>
    var activityLogCommand: String {
        let id = self.night.record.instance.id
        let from = (self.before.record.inventory?.takenAt ?? self.before.at).wholeSeconds.iso8601
        let to = (self.night.record.inventory?.takenAt ?? self.night.at).wholeSeconds.iso8601
        let query =
            "[?contains(resourceId, '/service/\(id.name)')].{time:eventTimestamp,who:caller,what:operationName.value,"
            + "on:resourceId}"
        return "az monitor activity-log list --subscription \(id.subscription) --resource-group "
            + "\(ShellWord.quoted(id.resourceGroup)) --start-time \(from) --end-time \(to) --query \"\(query)\" --output table"
    }
}
