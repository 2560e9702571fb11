import EmulatorRuntime
import Foundation

/// Operations on a container itself.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/operations-on-containers>
extension BlobService {
    func createContainer(_ call: BlobCall) throws -> EmulatedResponse {
        let name = try call.request.target.containerName()
        let metadata = try call.request.metadata() ?? [:]
        let access = try self.publicAccess(call)
        let revision = try self.store.change { state in
            guard state.container(call.account.name, name) == nil else { throw StorageError.containerExists }
            if state.isBeingDeleted(call.account.name, name, at: call.now) { throw StorageError.containerBeingDeleted }
            let revision = Revision.next(after: state.lastTicks, at: call.now).revision
            var container = StoredContainer(name: name, revision: revision)
            container.metadata = metadata
            container.publicAccess = access
            return (revision, [.putContainer(account: call.account.name, container)])
        }
        var response = EmulatedResponse(201)
        response.set(revision)
        return response
    }

    func getContainer(_ call: BlobCall, onlyMetadata: Bool) throws -> EmulatedResponse {
        let container = try self.container(call)
        try container.lease.checkRead(id: call.guarded.leaseID, on: .container, at: call.now)
        var response = EmulatedResponse(200)
        response.set(container.revision)
        response.set(metadata: container.metadata)
        guard !onlyMetadata else { return response }
        response.set(container.lease, at: call.now)
        response.set("x-ms-blob-public-access", container.publicAccess)
        let immutability = container.immutability ?? ContainerImmutability()
        response.set("x-ms-has-immutability-policy", String(immutability.days != nil))
        response.set("x-ms-has-legal-hold", String(immutability.hasLegalHold))
        response.set("x-ms-immutable-storage-with-versioning-enabled", String(immutability.protectsVersions))
        response.set("x-ms-default-encryption-scope", "$account-encryption-key")
        response.set("x-ms-deny-encryption-scope-override", "false")
        return response
    }

    func setContainerMetadata(_ call: BlobCall) throws -> EmulatedResponse {
        let metadata = try call.request.metadata() ?? [:]
        return try self.changeContainer(call) { container in
            try container.lease.checkRead(id: call.guarded.leaseID, on: .container, at: call.now)
            container.metadata = metadata
        }
    }

    func deleteContainer(_ call: BlobCall) throws -> EmulatedResponse {
        let name = try call.request.target.containerName()
        let seconds = call.account.containerDeletionSeconds
        let wait = seconds == 0 ? .zero : self.clock.scaled(.seconds(seconds))
        try self.store.change { state in
            guard let existing = state.container(call.account.name, name) else { throw StorageError.containerNotFound }
            try call.guarded.conditions.check(existing.container.revision, for: .write)
            try existing.container.lease.checkWrite(id: call.guarded.leaseID, on: .container, at: call.now)
            try Self.checkMayGo(existing)
            let freeAt = call.now.addingTimeInterval(TimeInterval(wait.components.seconds))
            return ((), [.deleteContainer(account: call.account.name, name: name, freeAt: freeAt)])
        }
        return EmulatedResponse(202)
    }

    /// A container that makes blobs immutable goes only when it is empty; with which code Azure says so is not known.
    private static func checkMayGo(_ container: ContainerState) throws(StorageError) {
        guard let rules = container.container.immutability, rules.isEffective else { return }
        if rules.hasLegalHold { throw .immutableByHold }
        guard container.blobs.isEmpty, container.versions.isEmpty else { throw .immutableByPolicy }
    }

    func getContainerACL(_ call: BlobCall) throws -> EmulatedResponse {
        let container = try self.container(call)
        try container.lease.checkRead(id: call.guarded.leaseID, on: .container, at: call.now)
        var response = EmulatedResponse.xml(AccessPolicyDocument.write(container.policies))
        response.set(container.revision)
        response.set("x-ms-blob-public-access", container.publicAccess)
        return response
    }

    func setContainerACL(_ call: BlobCall) throws -> EmulatedResponse {
        let policies = try AccessPolicyDocument.read(call.request.body)
        let access = try self.publicAccess(call)
        return try self.changeContainer(call) { container in
            try container.lease.checkRead(id: call.guarded.leaseID, on: .container, at: call.now)
            container.policies = policies
            container.publicAccess = access
        }
    }

    /// Finds the container that the path names, or refuses.
    func container(_ call: BlobCall) throws -> StoredContainer {
        let name = try call.request.target.containerName()
        let found = self.store.read { $0.container(call.account.name, name)?.container }
        guard let found else { throw StorageError.containerNotFound }
        return found
    }

    private func changeContainer(
        _ call: BlobCall,
        _ body: (inout StoredContainer) throws -> Void
    ) throws -> EmulatedResponse {
        let name = try call.request.target.containerName()
        let revision = try self.store.change { state in
            guard var container = state.container(call.account.name, name)?.container
            else { throw StorageError.containerNotFound }
            try call.guarded.conditions.check(container.revision, for: .write)
            try body(&container)
            container.revision = Revision.next(after: state.lastTicks, at: call.now).revision
            return (container.revision, [.putContainer(account: call.account.name, container)])
        }
        var response = EmulatedResponse(200)
        response.set(revision)
        return response
    }

    private func publicAccess(_ call: BlobCall) throws -> String? {
        let access = try call.request.oneOf("x-ms-blob-public-access", ["container", "blob"])
        if access != nil, !call.account.allowBlobPublicAccess { throw StorageError.publicAccessNotPermitted }
        return access
    }
}
