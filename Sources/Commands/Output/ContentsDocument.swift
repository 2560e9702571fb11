import BackupDomain
import FoundationEssentials
import Inventory

/// The table of contents of a night, for programs.
struct ContentsDocument: Encodable {
    var version = 1
    var run: RunID
    var instance: String
    var nominalAt: Date
    var digest: String?
    var counts: [String: Int]
    var inventory: Inventory

    init(_ night: InventoriedNight) {
        self.run = night.record.run
        self.instance = night.record.instance.name
        self.nominalAt = night.record.nominalAt
        self.digest = night.record.inventory?.digest
        self.counts = night.inventory.counts
        self.inventory = night.inventory
    }
}
