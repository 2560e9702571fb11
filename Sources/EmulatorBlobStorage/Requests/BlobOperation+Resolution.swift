import HTTPTypes

extension BlobOperation {
    /// Finds the operation that a request asks for by method, level, `restype`, `comp`, and two headers.
    init(_ request: BlobRequest) throws(StorageError) {
        if request.method == .options {
            self = .preflight
            return
        }
        let comp = request.query["comp"]?.lowercased() ?? ""
        let restype = request.query["restype"]?.lowercased() ?? ""
        // Both are read-only, but for the answer's body: what GET may do, HEAD may.
        let verb = request.method == .head ? .get : request.method
        if restype == "account" {
            guard comp == "properties", verb == .get else { throw Self.unknown(request, comp: comp) }
            self = .getAccountInformation
        } else if request.target.blob != nil {
            self = try Self.blobOperation(request, verb: verb, comp: comp)
        } else if request.target.container != nil {
            self = try Self.containerOperation(request, verb: verb, comp: comp, restype: restype)
        } else {
            self = try Self.serviceOperation(request, verb: verb, comp: comp, restype: restype)
        }
    }

    private static func serviceOperation(
        _ request: BlobRequest,
        verb: HTTPRequest.Method,
        comp: String,
        restype: String
    ) throws(StorageError) -> Self {
        switch (verb, restype, comp) {
        case (.get, "", "list"): .listContainers
        case (.get, "service", "properties"): .getServiceProperties
        case (.put, "service", "properties"): .setServiceProperties
        case (.post, "service", "userdelegationkey"): .getUserDelegationKey
        case (.post, "", "batch"): .submitBatch
        case (.get, "service", "stats"), (.get, "", "blobs"): throw .notEmulated("This operation")
        default: throw self.unknown(request, comp: comp, allowed: "GET,HEAD,PUT,POST")
        }
    }

    private static func containerOperation(
        _ request: BlobRequest,
        verb: HTTPRequest.Method,
        comp: String,
        restype: String
    ) throws(StorageError) -> Self {
        guard restype == "container" || (restype.isEmpty && (comp == "batch" || comp == "list")) else {
            // A blob in the root container cannot be told from a container in a path-style path.
            if restype.isEmpty, verb == .get, comp.isEmpty { throw .resourceNotFound }
            if restype.isEmpty { throw .missingQuery("restype") }
            throw .invalidQuery("restype", restype)
        }
        return switch (verb, comp) {
        case (.get, ""): .getContainerProperties
        case (.get, "metadata"): .getContainerMetadata
        case (.get, "list"): .listBlobs
        case (.get, "acl"): .getContainerACL
        case (.put, ""): .createContainer
        case (.put, "metadata"): .setContainerMetadata
        case (.put, "acl"): .setContainerACL
        case (.put, "lease"): .leaseContainer
        case (.delete, ""): .deleteContainer
        case (.post, "batch"): .submitBatch
        case (.get, "blobs"), (.put, "undelete"), (.put, "rename"): throw .notEmulated("This operation")
        default: throw self.unknown(request, comp: comp, allowed: "GET,HEAD,PUT,DELETE,POST")
        }
    }

    private static func blobOperation(
        _ request: BlobRequest,
        verb: HTTPRequest.Method,
        comp: String
    ) throws(StorageError) -> Self {
        let isCopy = request.header("x-ms-copy-source") != nil
        return switch (verb, comp) {
        case (.get, ""): request.method == .head ? .getBlobProperties : .getBlob
        case (.get, "metadata"): .getBlobMetadata
        case (.get, "blocklist"): .getBlockList
        case (.get, "tags"): .getBlobTags
        case (.put, "") where isCopy: request.header("x-ms-blob-type") == nil ? .copyBlob : .putBlobFromURL
        case (.put, ""): .putBlob
        case (.put, "block") where !isCopy: .putBlock
        case (.put, "blocklist"): .putBlockList
        case (.put, "properties"): .setBlobProperties
        case (.put, "metadata"): .setBlobMetadata
        case (.put, "tags"): .setBlobTags
        case (.put, "tier"): .setBlobTier
        case (.put, "lease"): .leaseBlob
        case (.put, "undelete"): .undeleteBlob
        case (.put, "copy"): .abortCopy
        case (.delete, ""): request.versionID == nil ? .deleteBlob : .deleteBlobVersion
        case (.put, "immutabilitypolicies"): .setImmutabilityPolicy
        case (.delete, "immutabilitypolicies"): .deleteImmutabilityPolicy
        case (.put, "legalhold"): .setLegalHold
        case (.put, "snapshot"): throw .notEmulated("Blob snapshot")
        case (.put, "page"), (.get, "pagelist"): throw .notEmulated("Page blob")
        case (.put, "appendblock"), (.put, "seal"): throw .notEmulated("Append blob")
        case (.put, "block"), (.put, "expiry"), (.post, "query"):
            throw .notEmulated("This operation")
        default: throw self.unknown(request, comp: comp, allowed: "GET,HEAD,PUT,DELETE")
        }
    }

    private static let components: Set<String> = [
        "", "list", "properties", "metadata", "acl", "lease", "batch", "block", "blocklist", "tags", "tier", "undelete",
        "copy", "stats", "userdelegationkey", "blobs", "snapshot", "immutabilitypolicies", "legalhold",
    ]

    private static func unknown(_ request: BlobRequest, comp: String, allowed: String = "GET,HEAD") -> StorageError {
        self.components.contains(comp) ? .unsupportedVerb(allowed: allowed) : .invalidQuery("comp", comp)
    }
}
