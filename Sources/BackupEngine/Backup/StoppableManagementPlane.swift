import BackupDomain

/// Resource Manager whose reads end when somebody asks to stop; a POST is made to its end.
struct StoppableManagementPlane: ManagementPlane {
    let base: any ManagementPlane
    let stop: StopSignal

    func subscriptions() async throws -> [String] {
        try await self.stop.unlessRaised { try await self.base.subscriptions() }
    }

    func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
        try await self.stop.unlessRaised { try await self.base.resources(ofType: type, named: name, in: subscription) }
    }

    func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
        try await self.stop.unlessRaised { try await self.base.instance(id) }
    }

    func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
        try await self.stop.unlessRaised { try await self.base.storageAccount(id) }
    }

    func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        try await self.base.startBackup(of: id, request)
    }

    func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        try await self.base.startRestore(of: id, request)
    }

    func operation(at location: String) async throws -> ManagementAnswer {
        try await self.stop.unlessRaised { try await self.base.operation(at: location) }
    }
}
