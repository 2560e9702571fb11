package import Foundation

/// What other services of the local Azure do with the store; no request and no caller's rights are involved.
extension BlobStore {
    /// Whether a container exists.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    /// - Returns: Whether it does.
    package func containerExists(account: String, container: String) -> Bool {
        self.read { $0.container(account, container) != nil }
    }

    /// Lists an account's containers.
    ///
    /// - Parameter account: The account's name.
    /// - Returns: The containers by name.
    package func containers(account: String) -> [StoredContainer] {
        self.read { $0.accounts[account]?.containers.values.map(\.container).sorted { $0.name < $1.name } ?? [] }
    }

    /// Makes a container where it is missing.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    ///   - immutability: What it forbids to do with its blobs; nothing by default.
    /// - Returns: Whether it was missing.
    /// - Throws: ``StorageError`` where the name breaks Azure's rules or a container of the name is being deleted, or the
    ///   file system's error.
    @discardableResult
    package func createContainer(
        account: String,
        container: String,
        immutability: ContainerImmutability? = nil
    ) throws -> Bool {
        try ResourceNames.checkContainer(container)
        return try self.change { state in
            guard state.container(account, container) == nil else { return (false, []) }
            if state.isBeingDeleted(account, container, at: self.now) { throw StorageError.containerBeingDeleted }
            let revision = Revision.next(after: state.lastTicks, at: self.now).revision
            var made = StoredContainer(name: container, revision: revision)
            made.immutability = immutability
            return (true, [.putContainer(account: account, made)])
        }
    }

    /// Changes what a container says of itself; one that says so already stays as it is.
    ///
    /// - Parameters:
    ///   - publicAccess: What anyone may read: `blob`, `container`, or nil for nothing.
    ///   - metadata: The metadata.
    ///   - account: The account's name.
    ///   - container: The container's name.
    /// - Throws: ``StorageError`` where the container is missing or the metadata is not allowed, or the file system's error.
    package func setProperties(
        publicAccess: String?,
        metadata: [String: String],
        account: String,
        container: String
    ) throws {
        try ResourceNames.checkMetadata(metadata)
        try self.change { state in
            guard var found = state.container(account, container)?.container else {
                throw StorageError.containerNotFound
            }
            guard found.publicAccess != publicAccess || found.metadata != metadata else { return ((), []) }
            found.publicAccess = publicAccess
            found.metadata = metadata
            found.revision = Revision.next(after: state.lastTicks, at: self.now).revision
            return ((), [.putContainer(account: account, found)])
        }
    }

    /// Deletes a container with everything in it.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    /// - Returns: Whether it was there.
    /// - Throws: The file system's error.
    @discardableResult
    package func deleteContainer(account: String, container: String) throws -> Bool {
        try self.change { state in
            guard state.container(account, container) != nil else { return (false, []) }
            return (true, [.deleteContainer(account: account, name: container, freeAt: nil)])
        }
    }

    /// Writes a whole blob, over another of that name if need be, as a service of Azure does that holds no lease.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    ///   - blob: The blob's name.
    ///   - content: The bytes.
    ///   - contentType: The media type.
    ///   - metadata: The metadata.
    /// - Returns: The blob as it is now stored.
    /// - Throws: ``StorageError`` where the container is missing, a name is not allowed, or a lease forbids it; or the
    ///   file system's error.
    @discardableResult
    package func put(
        account: String,
        container: String,
        blob: String,
        content: Data,
        contentType: String = "application/octet-stream",
        metadata: [String: String] = [:]
    ) throws -> StoredBlob {
        try ResourceNames.checkBlob(blob)
        try ResourceNames.checkMetadata(metadata)
        var headers = BlobContentHeaders(type: contentType)
        headers.md5 = ContentDigest.md5(content)
        let draft = BlobDraft(headers: headers, metadata: metadata)
        return try self.put(draft, content: content, at: BlobPlace(account, container, blob), for: BlobGuard())
    }

    /// Finds a blob.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    ///   - name: The blob's name.
    /// - Returns: The blob, or nil where it or its container is missing.
    package func blob(account: String, container: String, name: String) -> StoredBlob? {
        self.read { $0.container(account, container)?.blobs[BlobName(name)] }
    }

    /// Reads a blob's whole content.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    ///   - name: The blob's name.
    /// - Returns: The bytes, or nil where it or its container is missing.
    /// - Throws: The file system's error.
    package func content(account: String, container: String, name: String) throws -> Data? {
        try self.contentOf(BlobPlace(account, container, name)) { 0..<$0.contentLength }?.data
    }

    /// Deletes a blob that neither a lease nor immutability protects.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    ///   - name: The blob's name.
    /// - Returns: Whether it was there.
    /// - Throws: ``StorageError`` where a lease or immutability forbids it, or the file system's error.
    @discardableResult
    package func delete(account: String, container: String, name: String) throws -> Bool {
        do {
            try self.remove(BlobPlace(account, container, name), for: BlobGuard())
            return true
        } catch let refusal as StorageError where refusal.status == 404 {
            return false
        }
    }

    /// Lists the blobs of a container.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - container: The container's name.
    ///   - prefix: What their names begin with.
    /// - Returns: The committed blobs by name; none where the container is missing.
    package func list(account: String, container: String, prefix: String = "") -> [StoredBlob] {
        self.read { state in
            guard let container = state.container(account, container) else { return [] }
            return container.names[container.position(of: BlobName(prefix))...]
                .prefix { $0.hasPrefix(prefix) }
                .compactMap { container.blobs[$0] }
        }
    }

    /// The rules of an account's blob service for requests across origins.
    ///
    /// - Parameter account: The account's name.
    /// - Returns: The rules in their order.
    package func corsRules(account: String) -> [BlobCORSRule] {
        self.read { $0.accounts[account]?.properties.cors ?? [] }
    }

    /// Says what becomes of blobs that are deleted or written over, as the Resource Manager's settings do.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - softDeleteDays: For how many days deleted blobs can be brought back; nil for not at all.
    ///   - isVersioned: Whether earlier versions are kept.
    /// - Throws: The file system's error.
    package func keepDeleted(account: String, softDeleteDays: Int?, isVersioned: Bool) throws {
        try self.change { state in
            var properties = state.accounts[account]?.properties ?? BlobServiceProperties()
            properties.deleteRetentionDays = softDeleteDays
            properties.isVersioned = isVersioned
            return ((), [.putProperties(account: account, properties)])
        }
    }

    /// What becomes of blobs that are deleted or written over.
    ///
    /// - Parameter account: The account's name.
    /// - Returns: For how many days they can be brought back, and whether earlier versions are kept.
    package func deletedBlobs(account: String) -> (softDeleteDays: Int?, isVersioned: Bool) {
        self.read { state in
            let properties = state.accounts[account]?.properties
            return (properties?.deleteRetentionDays, properties?.isVersioned ?? false)
        }
    }

    /// Replaces the rules of an account's blob service for requests across origins.
    ///
    /// - Parameters:
    ///   - rules: The rules in their order.
    ///   - account: The account's name.
    /// - Throws: The file system's error.
    package func setCORSRules(_ rules: [BlobCORSRule], account: String) throws {
        try self.change { state in
            var properties = state.accounts[account]?.properties ?? BlobServiceProperties()
            properties.cors = rules
            return ((), [.putProperties(account: account, properties)])
        }
    }
}
