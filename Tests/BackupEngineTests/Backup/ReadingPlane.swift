import BackupDomain
import TestSupport

/// Resource Manager that gives one instance to be read, or none, and lets nothing be posted.
struct ReadingPlane: ManagementPlane {
    let instance: Instance?
    let clock: ManualClock

    func subscriptions() async throws -> [String] { [] }

    func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
        []
    }

    func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
        guard let instance = self.instance else { throw BackupError(.unreachable, "not asked for") }
        return (instance, ManagementAnswer(status: 200, date: self.clock.now))
    }

    func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
        throw BackupError(.unreachable, "not asked for")
    }

    func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        throw BackupError(.unreachable, "not asked for")
    }

    func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        throw BackupError(.unreachable, "not asked for")
    }

    func operation(at location: String) async throws -> ManagementAnswer {
        throw BackupError(.unreachable, "not asked for")
    }
}
