import AzureClient
import BackupEngine
import FoundationEssentials
import HTTPTypes

/// The blob service.
extension AzureState {
    mutating func storage(_ call: SimulatedCall) -> HTTPExchangeResponse {
        let authorization = call.request.fields[.authorization]
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
            .writeBlob(let container, _):
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
        case .headBlob(_, let name), .readBlob(_, let name):
            guard let blob = shelf.blobs[name] else { return .blobError(404, "BlobNotFound", date: self.date) }
            var answer = HTTPExchangeResponse.plain(200, date: self.date)
            answer.fields[.eTag] = blob.etag
            guard case .headBlob = call.route else {
                answer.body = blob.content
                return answer
            }
            answer.fields[.contentLength] = "\(blob.bytes)"
            answer.fields[.lastModified] = WireDate.text(blob.modifiedAt)
            answer.fields[SimulatedNames.creationTime] = WireDate.text(blob.createdAt)
            if blob.lease?.holds(at: self.now) == true { answer.fields[SimulatedNames.leaseStatus] = "locked" }
            return answer
        case .writeBlob(_, let name) where container == .catalog: return self.write(call, name)
        default: return .blobError(403, "AuthorizationPermissionMismatch", date: self.date)
        }
    }

    private mutating func write(_ call: SimulatedCall, _ name: String) -> HTTPExchangeResponse {
        let old = self.catalog.blobs[name]
        if call.request.fields[.ifNoneMatch] == "*", old != nil {
            return .blobError(409, "BlobAlreadyExists", date: self.date)
        }
        if let wanted = call.request.fields[.ifMatch], wanted != old?.etag {
            return .blobError(412, "ConditionNotMet", date: self.date)
        }
        if old?.lease?.holds(at: self.now) == true { return .blobError(412, "LeaseIdMissing", date: self.date) }
        self.catalog.put(call.request.body, as: name, at: self.now)
        if name.hasPrefix(CatalogPath.runs) {
            let state = self.oracle.written(
                call.request.body,
                as: name,
                by: call.process,
                self.backups,
                self.operations,
                at: self.now
            )
            self.story.note(self.now, 201, "process \(call.process) writes \(state)")
        } else if name.hasSuffix(".json") {
            self.oracle.summarized(call.request.body, as: name, at: self.now)
        }
        var answer = HTTPExchangeResponse.plain(201, date: self.date)
        answer.fields[.eTag] = self.catalog.blobs[name]?.etag
        return answer
    }

    private mutating func lease(_ call: SimulatedCall, _ name: String) -> HTTPExchangeResponse {
        guard self.containers.contains(.catalog) else { return .blobError(404, "ContainerNotFound", date: self.date) }
        let fields = call.request.fields
        let action = call.leaseAction ?? ""
        let id = fields[SimulatedNames.leaseID] ?? fields[SimulatedNames.proposedLeaseID] ?? ""
        let seconds = fields[SimulatedNames.leaseDuration].flatMap { Int64($0) } ?? 0
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

    private mutating func listing(_ call: SimulatedCall, _ shelf: BlobShelf) -> HTTPExchangeResponse {
        let prefix = call.parameter("prefix") ?? ""
        let isFolded = call.parameter("delimiter") != nil
        let marker = call.parameter("marker") ?? ""
        var entries = ""
        var count = 0
        var last = ""
        var next = ""
        for name in shelf.names where name > marker && name.hasPrefix(prefix) {
            if isFolded, let slash = name.utf8.dropFirst(prefix.utf8.count).firstIndex(of: 47) {
                let folder = String(name[...slash])
                if folder == last { continue }
                last = folder
                entries += "<BlobPrefix><Name>\(folder)</Name></BlobPrefix>"
            } else if let blob = shelf.blobs[name] {
                let etag = blob.etag.dropFirst().dropLast()
                entries +=
                    "<Blob><Name>\(name)</Name><Properties><Content-Length>\(blob.bytes)</Content-Length>"
                    + "<Etag>\(etag)</Etag></Properties></Blob>"
            }
            count += 1
            if count == self.settings.pageSize {
                next = name
                break
            }
        }
        let body =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>\(entries)</Blobs>"
            + "<NextMarker>\(next)</NextMarker></EnumerationResults>"
        var answer = HTTPExchangeResponse.plain(200, date: self.date)
        answer.body = Data(body.utf8)
        return answer
    }
}
