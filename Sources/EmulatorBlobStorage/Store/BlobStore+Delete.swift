import Foundation

extension BlobStore {
    /// What became of a blob that was deleted.
    enum Removal: Sendable {
        case permanent
        /// It can be brought back for some time.
        case softDeleted
        /// It stays as an earlier version.
        case earlierVersion
    }

    /// Deletes the current version of a blob: for good, for a while, or so that it stays as an earlier version.
    ///
    /// - Parameters:
    ///   - place: The blob.
    ///   - guarded: What must hold.
    ///   - refusesProtected: Whether a protected version may not even become an earlier one.
    /// - Returns: What became of it.
    /// - Throws: ``StorageError`` where it is missing or something forbids it, or the file system's error.
    @discardableResult
    func remove(_ place: BlobPlace, for guarded: BlobGuard, refusesProtected: Bool = false) throws -> Removal {
        try self.change { state in
            let container = try self.existing(state, place)
            guard var blob = container.blobs[place.name] else { throw StorageError.blobNotFound }
            try guarded.checkWrite(blob, at: self.now)
            let immutability = self.immutability(of: blob, in: container)
            try immutability.checkContainerLetsGo()
            let gone = StoreChange.deleteBlob(account: place.account, container: place.container, name: place.name)
            let properties = state.accounts[place.account]?.properties
            if properties?.isVersioned == true {
                if refusesProtected { try immutability.checkDelete() }
                return (.earlierVersion, [self.keeping(blob, at: place), gone])
            }
            try immutability.checkDelete()
            let forgotten = self.forgettingExpired(container, of: place)
            guard let days = properties?.deleteRetentionDays else { return (.permanent, forgotten + [gone]) }
            blob.lease = .available
            blob.deletion = SoftDeletion(
                at: self.now,
                expiresAt: self.now.addingTimeInterval(self.seconds(ofDays: days))
            )
            let hidden = StoreChange.hideBlob(account: place.account, container: place.container, blob)
            // Hidden first: what nothing holds between two changes would be dropped.
            return (.softDeleted, forgotten + [hidden, gone])
        }
    }

    /// Deletes one version for good.
    func removeVersion(_ version: String, of place: BlobPlace, for guarded: BlobGuard) throws {
        try self.change { state in
            let container = try self.existing(state, place)
            guard let blob = container.blob(place.name, version: version) else { throw StorageError.blobNotFound }
            // Source: "Delete Blob": a current version goes by the blob's own name only.
            guard container.blobs[place.name]?.versionID != version else { throw StorageError.currentVersion }
            try guarded.conditions.check(blob.revision, for: .write)
            try self.immutability(of: blob, in: container).checkDelete()
            return (
                (),
                [
                    .deleteVersion(
                        account: place.account,
                        container: place.container,
                        name: place.name,
                        version: version
                    )
                ]
            )
        }
    }

    /// Brings back what was deleted and is still kept; a blob that is there stays as it is.
    func restore(_ place: BlobPlace) throws {
        try self.change { state in
            let container = try self.existing(state, place)
            if container.blobs[place.name] != nil { return ((), []) }
            guard var blob = container.deletedBlob(place.name, at: self.now) else { throw StorageError.blobNotFound }
            blob.deletion = nil
            return (
                (),
                [
                    .updateBlob(account: place.account, container: place.container, blob),
                    .forgetBlob(account: place.account, container: place.container, name: place.name),
                ]
            )
        }
    }

    /// Keeps a version that is no longer the current one.
    func keeping(_ blob: StoredBlob, at place: BlobPlace) -> StoreChange {
        var blob = blob
        // What was written before the account kept versions gets the version of its time.
        blob.versionID = blob.versionID ?? blob.revision.versionID
        blob.lease = .available
        return .keepVersion(account: place.account, container: place.container, blob)
    }

    private func forgettingExpired(_ container: ContainerState, of place: BlobPlace) -> [StoreChange] {
        container.deleted.keys.filter { container.deletedBlob($0, at: self.now) == nil }.map { name in
            .forgetBlob(account: place.account, container: place.container, name: name)
        }
    }
}
