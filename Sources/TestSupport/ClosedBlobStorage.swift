package import BackupDomain
package import FoundationEssentials
import Synchronization

/// A blob service that can be closed, as an outage or a firewall closes it, or that hides the blobs of one container.
package final class ClosedBlobStorage: BlobStorage {
    private let base: any BlobStorage
    private let hidden: String?
    private let state = Mutex((isClosed: false, writesLeft: Int.max))

    /// Wraps a service, which is open.
    ///
    /// - Parameters:
    ///   - base: The service.
    ///   - hidden: The container whose blobs the caller has no right to look at; nil for none.
    package init(_ base: any BlobStorage, hiding hidden: String? = nil) {
        self.base = base
        self.hidden = hidden
    }

    /// Whether every call is refused.
    package var isClosed: Bool {
        get { self.state.withLock(\.isClosed) }
        set { self.state.withLock { $0 = (newValue, Int.max) } }
    }

    /// Closes it after a number of writes.
    ///
    /// - Parameter writes: How many writes there may be.
    package func closeAfter(writes: Int) { self.state.withLock { $0.writesLeft = writes } }

    private func open() throws -> any BlobStorage {
        if self.isClosed { throw BackupError(.unreachable, "The blob service cannot be reached.") }
        return self.base
    }

    package func containerExists(_ container: String) async throws -> Bool {
        try await self.open().containerExists(container)
    }

    package func createContainer(_ container: String) async throws { try await self.open().createContainer(container) }

    package func properties(of name: String, in container: String) async throws -> BlobObservation {
        if container == self.hidden {
            throw BackupError(.permissionDenied, "The caller has no right to look at blobs in \(container).")
        }
        return try await self.open().properties(of: name, in: container)
    }

    package func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)? {
        try await self.open().read(name, in: container, cap: cap)
    }

    package func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag {
        let base = try self.open()
        self.state.withLock { state in
            state.writesLeft -= 1
            if state.writesLeft <= 0 { state.isClosed = true }
        }
        return try await base.write(content, to: name, in: container, condition: condition, contentType: contentType)
    }

    package func delete(_ name: String, in container: String, condition: WriteCondition) async throws -> BlobDeletion {
        try await self.open().delete(name, in: container, condition: condition)
    }

    package func deletedBlobRetention() async throws -> DeletedBlobRetention {
        try await self.open().deletedBlobRetention()
    }

    package func list(
        _ container: String,
        prefix: String,
        delimiter: String?,
        marker: String?
    ) async throws -> BlobPage {
        try await self.open().list(container, prefix: prefix, delimiter: delimiter, marker: marker)
    }

    package func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID {
        try await self.open().acquireLease(of: name, in: container, seconds: seconds)
    }

    package func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        try await self.open().renewLease(lease, of: name, in: container)
    }

    package func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        try await self.open().releaseLease(lease, of: name, in: container)
    }

    package func breakLease(of name: String, in container: String) async throws {
        try await self.open().breakLease(of: name, in: container)
    }
}
