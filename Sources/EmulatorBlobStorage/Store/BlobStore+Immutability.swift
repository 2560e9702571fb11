import EmulatorRuntime
import Foundation

extension BlobStore {
    /// What forbids to change or delete a blob of a container now.
    func immutability(of blob: StoredBlob, in container: ContainerState) -> Immutability {
        let rules = container.container.immutability
        return Immutability(
            containerIsHeld: rules?.hasLegalHold ?? false,
            containerUntil: rules?.days.map { blob.createdAt.addingTimeInterval(self.seconds(ofDays: $0)) },
            protection: blob.protection,
            now: self.now
        )
    }

    /// The protection of a new version: what its writer asks for, or else the container's own days.
    func protection(asked: BlobProtection?, in container: ContainerState) throws(StorageError) -> BlobProtection? {
        let rules = container.container.immutability
        guard rules?.protectsVersions == true else {
            if asked != nil { throw .versionsNotProtected }
            return nil
        }
        let standard = rules?.versionDays.map { self.now.addingTimeInterval(self.seconds(ofDays: $0)) }
        guard var asked else { return standard.map { BlobProtection(until: $0) } }
        asked.until = asked.until ?? standard
        return asked
    }

    /// Changes the protection of one version; the entity tag stays.
    func protect(
        _ place: BlobPlace,
        version: String?,
        _ body: (inout BlobProtection) throws -> Void
    ) throws -> BlobProtection {
        try self.change { state in
            let container = try self.existing(state, place)
            guard var blob = container.blob(place.name, version: version) else { throw StorageError.blobNotFound }
            guard container.container.immutability?.protectsVersions == true else {
                throw StorageError.versionsNotProtected
            }
            var protection = blob.protection ?? BlobProtection()
            try body(&protection)
            blob.protection = protection
            let isCurrent = container.blobs[place.name]?.versionID == blob.versionID
            let change: StoreChange =
                isCurrent
                ? .updateBlob(account: place.account, container: place.container, blob)
                : .keepVersion(account: place.account, container: place.container, blob)
            return (protection, [change])
        }
    }

    /// Days of the customer's as the local Azure counts them: a time scale shortens them too.
    func seconds(ofDays days: Int) -> TimeInterval {
        TimeInterval(self.clock.scaled(.seconds(days * 86_400)).components.seconds)
    }
}
