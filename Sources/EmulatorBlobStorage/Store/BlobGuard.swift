import Foundation

/// What must hold for an operation on a blob to go on: its conditional headers, and the lease that it names.
struct BlobGuard: Sendable {
    var conditions = RequestConditions()
    var leaseID: String?
    /// Whether the caller may only write blobs that do not exist yet.
    var mayOnlyCreate = false

    func checkRead(_ blob: StoredBlob, at now: Date) throws(StorageError) {
        try blob.lease.checkRead(id: self.leaseID, on: .blob, at: now)
        try self.conditions.check(blob.revision, for: .read)
    }

    func checkWrite(_ blob: StoredBlob, at now: Date) throws(StorageError) {
        if self.mayOnlyCreate { throw .permissionMismatch }
        try self.conditions.check(blob.revision, for: .write)
        try blob.lease.checkWrite(id: self.leaseID, on: .blob, at: now)
    }

    /// Checks the writing of a whole blob over whatever is there.
    func checkCreate(_ blob: StoredBlob?, at now: Date) throws(StorageError) {
        if self.mayOnlyCreate, blob != nil { throw .permissionMismatch }
        try self.conditions.check(blob?.revision, for: .create)
        try (blob?.lease ?? .available).checkWrite(id: self.leaseID, on: .blob, at: now)
    }
}
