import AzureClient
import BackupEngine
import FoundationEssentials
import HTTPTypes

/// The blob service.
extension AzureState {
    mutating func storage(_ call: SimulatedCall) -> HTTPExchangeResponse {
        let authorization = call.request.fields[single: .authorization]
        guard self.tokens.accepts(authorization, for: "https://storage.azure.com", at: self.now) else {
            return .blobError(401, "InvalidAuthenticationInfo", date: self.date)
        }
        switch call.route {
        case .headContainer(let container):
            return self.containers.contains(container)
                ? .plain(200, date: self.date) : .blobError(404, "ContainerNotFound", date: self.date)
        case .createContainer(let container):
            let isNew = self.containers.insert(container).inserted
            return isNew ? .plain(201, date: self.date) : .blobError(409, "ContainerAlreadyExists", date: self.date)
        case .list(let container), .headBlob(let container, _), .readBlob(let container, _),
            .writeBlob(let container, _), .deleteBlob(let container, _):
            guard self.containers.contains(container) else {
                return .blobError(404, "ContainerNotFound", date: self.date)
            }
            return self.blob(call, container)
        case .lease(let name): return self.lease(call, name)
        default: return .blobError(400, "InvalidUri", date: self.date)
        }
    }

    private mutating func blob(_ call: SimulatedCall, _ container: SimulatedCall.Container) -> HTTPExchangeResponse {
        let shelf = container == .backups ? self.backups : self.catalog
        switch call.route {
        case .list: return self.listing(call, shelf)
        case .headBlob(_, let name): return self.properties(of: shelf.blobs[name])
        case .readBlob(_, let name):
            guard let blob = shelf.blobs[name] else { return .blobError(404, "BlobNotFound", date: self.date) }
            var answer = HTTPExchangeResponse.plain(200, date: self.date)
            answer.fields[.eTag] = blob.etag
            answer.body = blob.content
            return answer
        case .writeBlob(_, let name) where container == .catalog: return self.write(call, name)
        case .deleteBlob(_, let name) where container == .backups: return self.delete(call, name)
        default: return .blobError(403, "AuthorizationPermissionMismatch", date: self.date)
        }
    }

    private mutating func properties(of blob: BlobShelf.Blob?) -> HTTPExchangeResponse {
        guard let blob else { return .blobError(404, "BlobNotFound", date: self.date) }
        var answer = HTTPExchangeResponse.plain(200, date: self.date)
        answer.fields[.eTag] = blob.etag
        answer.fields[.contentLength] = "\(blob.bytes)"
        answer.fields[.lastModified] = WireDate.text(blob.modifiedAt)
        answer.fields[SimulatedNames.creationTime] = WireDate.text(blob.createdAt)
        if blob.lease?.holds(at: self.now) == true { answer.fields[SimulatedNames.leaseStatus] = "locked" }
        if blob.immutableUntil > self.now {
            answer.fields[SimulatedNames.immutableUntil] = WireDate.text(blob.immutableUntil)
        }
        if blob.heldUntil > self.now { answer.fields[SimulatedNames.legalHold] = "true" }
        if self.settings.isVersioned { answer.fields[SimulatedNames.versionID] = "v\(blob.version)" }
        return answer
    }

    /// Deletes a backup, after the oracle has seen it.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/delete-blob>
    private mutating func delete(_ call: SimulatedCall, _ name: String) -> HTTPExchangeResponse {
        if self.undeletableUntil.identity > self.now {
            return .blobError(403, "AuthorizationPermissionMismatch", date: self.date)
        }
        guard let blob = self.backups.blobs[name] else { return .blobError(404, "BlobNotFound", date: self.date) }
        let condition = call.request.fields[single: .ifMatch]
        if let condition, condition != blob.etag { return .blobError(412, "ConditionNotMet", date: self.date) }
        if blob.lease?.holds(at: self.now) == true { return .blobError(412, "LeaseIdMissing", date: self.date) }
        if blob.heldUntil > self.now { return .blobError(409, "BlobImmutableDueToLegalHold", date: self.date) }
        if max(blob.immutableUntil, self.undeletableUntil.container) > self.now {
            return .blobError(409, "BlobImmutableDueToPolicy", date: self.date)
        }
        self.oracle.deleting(name, by: call.process, isConditional: condition != nil, self.account)
        self.backups.remove(name, at: self.now, .deleted(by: call.process))
        self.story.note(self.now, 204, "process \(call.process) deletes \(name)")
        var answer = HTTPExchangeResponse.plain(202, date: self.date)
        if let keeps = self.settings.keepsDeleted {
            answer.fields[SimulatedNames.deleteType] = keeps ? "false" : "true"
        }
        return answer
    }

    private mutating func write(_ call: SimulatedCall, _ name: String) -> HTTPExchangeResponse {
        let old = self.catalog.blobs[name]
        if call.request.fields[single: .ifNoneMatch] == "*", old != nil {
            return .blobError(409, "BlobAlreadyExists", date: self.date)
        }
        if let wanted = call.request.fields[single: .ifMatch], wanted != old?.etag {
            return .blobError(412, "ConditionNotMet", date: self.date)
        }
        if old?.lease?.holds(at: self.now) == true { return .blobError(412, "LeaseIdMissing", date: self.date) }
        self.catalog.put(call.request.body, as: name, at: self.now)
        let said = self.oracle.written(call.request.body, as: name, by: call.process, self.account)
        if let said { self.story.note(self.now, 201, "process \(call.process) writes \(said)") }
        var answer = HTTPExchangeResponse.plain(201, date: self.date)
        answer.fields[.eTag] = self.catalog.blobs[name]?.etag
        return answer
    }

    private mutating func lease(_ call: SimulatedCall, _ name: String) -> HTTPExchangeResponse {
        guard self.containers.contains(.catalog) else { return .blobError(404, "ContainerNotFound", date: self.date) }
        let fields = call.request.fields
        let action = call.leaseAction ?? ""
        let id = fields[single: SimulatedNames.leaseID] ?? fields[single: SimulatedNames.proposedLeaseID] ?? ""
        let seconds = fields[single: SimulatedNames.leaseDuration].flatMap { Int64($0) } ?? 0
        let (status, code) = self.catalog.lease(action, name, id: id, seconds: seconds, at: self.now)
        // Renewals and watchers who find the lock taken would fill every story.
        if (action != "renew" || status != 200) && code != "LeaseAlreadyPresent" {
            self.story.note(self.now, Int64(status), "process \(call.process) leases: \(action) \(code ?? "done")")
        }
        if let code { return .blobError(status, code, date: self.date) }
        var answer = HTTPExchangeResponse.plain(status, date: self.date)
        answer.fields[SimulatedNames.leaseID] = id
        return answer
    }
}
