package import BackupDomain
package import FoundationEssentials
import Synchronization

/// Counts the calls that a blob service gets, by kind.
package final class CountingBlobStorage: BlobStorage {
    private let base: any BlobStorage
    private let counts = Mutex<[String: Int]>([:])

    /// Counts the calls of a service.
    ///
    /// - Parameter base: The service.
    package init(_ base: any BlobStorage) { self.base = base }

    /// How often each kind of call was made since the last ``reset()``.
    package var calls: [String: Int] { self.counts.withLock(\.self) }

    /// How many calls were made since the last ``reset()``.
    package var total: Int { self.calls.values.reduce(0, +) }

    /// Begins to count anew.
    package func reset() { self.counts.withLock { $0 = [:] } }

    private func count(_ call: String) { self.counts.withLock { $0[call, default: 0] += 1 } }

    package func containerExists(_ container: String) async throws -> Bool {
        self.count("containerExists")
        return try await self.base.containerExists(container)
    }

    package func createContainer(_ container: String) async throws {
        self.count("createContainer")
        try await self.base.createContainer(container)
    }

    package func properties(of name: String, in container: String) async throws -> BlobObservation {
        self.count("properties")
        return try await self.base.properties(of: name, in: container)
    }

    package func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)? {
        self.count("read")
        return try await self.base.read(name, in: container, cap: cap)
    }

    package func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag {
        self.count("write")
        return try await self.base.write(
            content,
            to: name,
            in: container,
            condition: condition,
            contentType: contentType
        )
    }

    package func delete(
        _ name: String,
        in container: String,
        condition: WriteCondition
    ) async throws -> BlobDeletion {
        self.count("delete")
        return try await self.base.delete(name, in: container, condition: condition)
    }

    package func deletedBlobRetention() async throws -> DeletedBlobRetention {
        self.count("deletedBlobRetention")
        return try await self.base.deletedBlobRetention()
    }

    package func list(
        _ container: String,
        prefix: String,
        delimiter: String?,
        marker: String?
    ) async throws -> BlobPage {
        self.count("list")
        return try await self.base.list(container, prefix: prefix, delimiter: delimiter, marker: marker)
    }

    package func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID {
        self.count("acquireLease")
        return try await self.base.acquireLease(of: name, in: container, seconds: seconds)
    }

    package func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        self.count("renewLease")
        try await self.base.renewLease(lease, of: name, in: container)
    }

    package func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        self.count("releaseLease")
        try await self.base.releaseLease(lease, of: name, in: container)
    }

    package func breakLease(of name: String, in container: String) async throws {
        self.count("breakLease")
        try await self.base.breakLease(of: name, in: container)
    }
}
