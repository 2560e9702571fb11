import BackupDomain
import Inventory

/// Something that a search found, with the record of the run whose backup brings it back.
struct FoundItem: Sendable {
    /// When it was there.
    var history: ItemHistory
    /// The record of ``Inventory/ItemHistory/restorable``, whose backup is there; nil where there is none.
    var record: RunRecord?
    /// Why nobody could look whether that backup is still there; nil where somebody could, or there is none.
    var refusal: BackupError?
}
