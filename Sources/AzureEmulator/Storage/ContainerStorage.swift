import EmulatorBlobStorage

/// The containers of the blob storage, as the Resource Manager sees them.
protocol ContainerStorage: Sendable {
    /// The containers of an account by name.
    func all(of account: String) -> [StoredContainer]

    /// Makes a container, or changes one; whether it was made.
    func write(_ name: String, of account: String, publicAccess: String?, metadata: [String: String]) throws -> Bool

    /// The settings of an account's blob service.
    func settings(of account: String) -> (cors: [BlobCORSRule], softDeleteDays: Int?, isVersioned: Bool)

    /// Deletes a container with everything in it; whether it was there.
    func delete(_ name: String, of account: String) throws -> Bool
}

extension BlobBackups: ContainerStorage {
    func settings(of account: String) -> (cors: [BlobCORSRule], softDeleteDays: Int?, isVersioned: Bool) {
        let kept = self.store.deletedBlobs(account: account)
        return (self.store.corsRules(account: account), kept.softDeleteDays, kept.isVersioned)
    }

    func all(of account: String) -> [StoredContainer] { self.store.containers(account: account) }

    func write(_ name: String, of account: String, publicAccess: String?, metadata: [String: String]) throws -> Bool {
        let isNew = try self.store.createContainer(account: account, container: name)
        try self.store.setProperties(
            publicAccess: publicAccess,
            metadata: metadata,
            account: account,
            container: name
        )
        return isNew
    }

    func delete(_ name: String, of account: String) throws -> Bool {
        try self.store.deleteContainer(account: account, container: name)
    }
}
