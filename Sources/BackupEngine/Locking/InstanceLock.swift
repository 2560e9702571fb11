package import BackupDomain
import FoundationEssentials

/// The lock of one instance: the lease of an empty blob in the catalog container.
///
/// Who holds it renews it; who dies loses it within a minute, so that nothing ever needs to be unlocked by hand. A lease is a
/// hint that somebody is at work, not a proof: records are fenced by their versions, and Azure's own 409 is the last guard.
package struct InstanceLock: Sendable {
    /// Says that the lock was lost while work went on under it; somebody else may be at work now.
    package struct Lost: Error {}

    /// How long the lease lasts without being renewed, in seconds.
    static let seconds = 60
    private static let renewalPause = Duration.seconds(20)
    private static let repetitionPause = Duration.seconds(5)
    /// How long after the last renewal the lease still counts as ours although renewals fail.
    private static let trust = Duration.seconds(50)

    private let blobs: any BlobStorage
    private let container: String
    private let clock: any WallClock
    private let name: String

    /// Describes a lock; nothing is taken yet.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - blobs: The account's blob service.
    ///   - container: The container of records.
    ///   - clock: The time.
    package init(of instance: InstanceKey, blobs: any BlobStorage, container: String, clock: any WallClock) {
        self.blobs = blobs
        self.container = container
        self.clock = clock
        self.name = CatalogPath.lease(of: instance)
    }

    /// Takes the lock.
    ///
    /// - Returns: The lease, or nil where somebody else holds it.
    /// - Throws: ``BackupDomain/BackupError``
    package func acquire() async throws -> LeaseID? {
        do {
            do {
                return try await self.blobs.acquireLease(of: self.name, in: self.container, seconds: Self.seconds)
            } catch let error as BackupError where error.code == .notFound {
                try await self.createBlob()
                return try await self.blobs.acquireLease(of: self.name, in: self.container, seconds: Self.seconds)
            }
        } catch let error as BackupError where error.code == .conflict {
            return nil
        }
    }

    /// Works under the lock, renews it meanwhile, and gives it back at the end.
    ///
    /// - Parameters:
    ///   - lease: What ``acquire()`` gave.
    ///   - body: The work; cancelled when the lock is lost.
    /// - Returns: What the work returns.
    /// - Throws: ``Lost``, and what the work throws.
    package func hold<Value: Sendable>(
        _ lease: LeaseID,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await withThrowingTaskGroup(of: Value.self) { group in
                    group.addTask { try await body() }
                    group.addTask { try await self.renewUntilLost(lease) }
                    defer { group.cancelAll() }
                    guard let value = try await group.next() else { throw CancellationError() }
                    return value
                }
            )
        } catch {
            result = .failure(error)
        }
        // A lease that cannot be given back ends by itself within a minute: no reason to spoil what the work came to.
        try? await self.blobs.releaseLease(lease, of: self.name, in: self.container)
        return try result.get()
    }

    /// Whether somebody holds the lock.
    ///
    /// - Returns: Whether its blob is leased.
    /// - Throws: ``BackupDomain/BackupError``
    package func isHeld() async throws -> Bool {
        guard case .present(let properties) = try await self.blobs.properties(of: self.name, in: self.container) else {
            return false
        }
        return properties.isLeased
    }

    /// Ends the lock, whoever holds it; the holder stops at its next renewal.
    ///
    /// - Throws: ``BackupDomain/BackupError``
    package func breakOpen() async throws {
        try await self.blobs.breakLease(of: self.name, in: self.container)
    }

    private func renewUntilLost<Value>(_ lease: LeaseID) async throws -> Value {
        var renewed = self.clock.uptime
        var pause = Self.renewalPause
        while true {
            try await self.clock.sleep(for: pause)
            do {
                try await self.blobs.renewLease(lease, of: self.name, in: self.container)
                renewed = self.clock.uptime
                pause = Self.renewalPause
            } catch let error as BackupError {
                guard error.code != .conflict, self.clock.uptime - renewed < Self.trust else { throw Lost() }
                pause = Self.repetitionPause
            }
        }
    }

    private func createBlob() async throws {
        do {
            _ = try await self.blobs.write(
                Data(),
                to: self.name,
                in: self.container,
                condition: .absent,
                contentType: "application/octet-stream"
            )
        } catch let error as BackupError where error.code == .conflict {
            // Somebody else made it in the meantime.
            return
        }
    }
}
