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
        self.run = night.run.run
        self.instance = night.run.instance
        self.nominalAt = night.at
        self.digest = night.run.inventory?.digest
        self.counts = night.inventory.counts
        self.inventory = night.inventory
    }
}
