import Foundation

/// What forbids to change or delete a blob at one moment: of its container, and of its own.
///
/// Sources: the tables of scenarios in
/// <https://learn.microsoft.com/azure/storage/blobs/immutable-container-level-worm-policies> and
/// <https://learn.microsoft.com/azure/storage/blobs/immutable-version-level-worm-policies>
struct Immutability {
    /// Whether a legal hold is on the container.
    var containerIsHeld: Bool
    /// When the container's policy lets go of the blob; nil where it has none.
    var containerUntil: Date?
    /// The version's own protection.
    var protection: BlobProtection?
    var now: Date

    /// Checks that the blob may be written over: where its own protection holds, that leaves it as an earlier version.
    ///
    /// A container's policy forbids it for ever, also when its days are over.
    func checkOverwrite() throws(StorageError) {
        if self.containerIsHeld { throw .immutableByHold }
        if self.containerUntil != nil { throw .immutableByPolicy }
    }

    /// Checks that the blob's metadata may be changed.
    func checkMetadata() throws(StorageError) {
        try self.checkOverwrite()
        try self.checkProtection()
    }

    /// Checks that the version may go for good.
    func checkDelete() throws(StorageError) {
        try self.checkContainerLetsGo()
        try self.checkProtection()
    }

    /// Checks that the container lets go of the blob.
    func checkContainerLetsGo() throws(StorageError) {
        if self.containerIsHeld { throw .immutableByHold }
        if let until = self.containerUntil, until > self.now { throw .immutableByPolicy }
    }

    private func checkProtection() throws(StorageError) {
        if self.protection?.hasLegalHold == true { throw .immutableByHold }
        if let until = self.protection?.until, until > self.now { throw .immutableByPolicy }
    }
}
