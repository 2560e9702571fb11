import BackupDomain
import Foundation
import Settings

/// The instances that somebody is told of when something is wrong with them.
struct Watchlist: Sendable {
    /// An instance that is known by its resource id.
    struct Member: Sendable {
        /// Its resource id.
        var id: ResourceID
        /// What holds for it.
        var backup: BackupSettings
    }

    /// An instance that no run can begin of.
    struct Fault: Sendable {
        /// The instance's key; one made of its name where its id is not known.
        var key: InstanceKey
        /// The instance's name.
        var name: String
        /// The account that its backups should go to.
        var storageAccount: String
        /// Whether only its inventory is taken.
        var isInventoryOnly: Bool
        /// Why.
        var error: BackupError
    }

    /// The instances that are known by their resource ids.
    var members: [Member] = []
    /// The instances that no run can begin of.
    var faults: [Fault] = []
    /// The keys that instances have in the ledger while their ids are not known, with these.
    var nicknames: [InstanceKey: ResourceID] = [:]

    /// Adds an instance.
    ///
    /// - Parameters:
    ///   - instance: The instance as the settings have it.
    ///   - id: Its resource id; nil where it could not be found.
    ///   - error: Why no run of it can begin; nil where one can.
    mutating func add(_ instance: InstanceSettings, id: ResourceID?, _ error: BackupError?) {
        let known = id ?? instance.knownID
        let nickname = InstanceKey(unresolved: instance.instanceName)
        if let known {
            self.members.append(Member(id: known, backup: instance.backup))
            if instance.knownID == nil { self.nicknames[nickname] = known }
        }
        // That somebody else is at work, or asked to stop, is nothing wrong.
        guard let error, error.code != .busy, error.code != .interrupted else { return }
        self.faults.append(
            Fault(
                key: known.map { InstanceKey($0) } ?? nickname,
                name: instance.instanceName,
                storageAccount: instance.backup.storage.account ?? "",
                isInventoryOnly: instance.backup.inventoryOnly,
                error: error
            )
        )
    }
}
