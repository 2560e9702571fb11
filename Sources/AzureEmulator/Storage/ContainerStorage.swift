import EmulatorBlobStorage

/// The containers of the blob storage, as the Resource Manager sees them.
protocol ContainerStorage: Sendable {
    /// The containers of an account by name.
    func all(of account: String) -> [StoredContainer]

    /// Makes a container, or changes one; whether it was made.
    func write(_ name: String, of account: String, publicAccess: String?, metadata: [String: String]) throws -> Bool

    /// Deletes a container with everything in it; whether it was there.
    func delete(_ name: String, of account: String) throws -> Bool
}

extension BlobBackups: ContainerStorage {
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
