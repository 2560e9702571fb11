import Foundation

/// What is leased; decides which codes a refusal carries.
enum LeasedResource: Sendable {
    case blob, container
}

extension LeaseState {
    /// Checks a write, which a lease forbids to whoever does not name it.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/lease-blob#outcomes-of-use-attempts>
    func checkWrite(id: String?, on resource: LeasedResource, at now: Date) throws(StorageError) {
        guard let id else {
            if self.isLocked(at: now) { throw .leaseIdMissing(resource) }
            return
        }
        try self.checkNamed(id, on: resource, at: now)
    }

    /// Checks a read, or another operation that needs no id: one that is given must be right.
    func checkRead(id: String?, on resource: LeasedResource, at now: Date) throws(StorageError) {
        if let id { try self.checkNamed(id, on: resource, at: now) }
    }

    /// What a lease that has ended becomes when the resource is written.
    func afterWrite(at now: Date) -> Self {
        [.broken, .expired].contains(self.phase(at: now)) ? .available : self
    }

    private func checkNamed(_ id: String, on resource: LeasedResource, at now: Date) throws(StorageError) {
        switch self.phase(at: now) {
        case .available: throw .leaseNotPresent(resource)
        case .broken, .expired: throw self.id == id ? .leaseLost(resource) : .leaseNotPresent(resource)
        case .leased, .breaking: if self.id != id { throw .leaseIdMismatch(resource) }
        }
    }
}
