package import BackupDomain
package import FoundationEssentials
import Synchronization

/// A blob service in memory, with versions and conditions as Azure has them, by a clock that the test turns.
package final class MemoryBlobStorage: BlobStorage {
    private struct Blob {
        var content: Data
        var etag: ETag
        var createdAt: Date
        var modifiedAt: Date
        var lease: Lease?
        var immutableUntil: Date?
        var hasLegalHold = false
        var accessTier: String?
    }

    private struct Lease {
        var id: LeaseID
        var seconds: Int
        var endsAt: Date
    }

    private struct State {
        var containers: [String: [String: Blob]] = [:]
        var writes = 0
        var leases = 0
        var beforeDeletion: (@Sendable () async throws -> Void)?
        var underLease: (@Sendable () async throws -> Void)?
        var isLeaseGiven = false
    }

    private let clock: any WallClock
    private let pageSize: Int
    private let forbidden: Set<String>
    private let undeletable: Set<String>
    private let retention: DeletedBlobRetention
    private let state = Mutex(State())

    /// Creates an account without containers.
    ///
    /// - Parameters:
    ///   - clock: What blobs are dated by.
    ///   - pageSize: How many names a page of a listing holds.
    ///   - forbidden: Containers that the caller may not even look at.
    ///   - undeletable: Containers in which the caller may delete nothing.
    ///   - retention: How long deleted blobs are said to be kept.
    package init(
        clock: any WallClock,
        pageSize: Int = 5000,
        forbidden: Set<String> = [],
        undeletable: Set<String> = [],
        retention: DeletedBlobRetention = .nothing
    ) {
        self.clock = clock
        self.pageSize = pageSize
        self.forbidden = forbidden
        self.undeletable = undeletable
        self.retention = retention
    }

    /// Protects a blob against deletion, as an immutability policy or a legal hold does.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container's name.
    ///   - date: Until when; nil for a legal hold.
    package func protect(_ name: String, in container: String, until date: Date?) {
        self.state.withLock { state in
            state.containers[container]?[name]?.immutableUntil = date
            state.containers[container]?[name]?.hasLegalHold = date == nil
        }
    }

    /// Moves a blob to another tier, as a rule of lifecycle management does; its version stays.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container's name.
    ///   - tier: The tier, such as `Archive`.
    package func move(_ name: String, in container: String, to tier: String) {
        self.state.withLock { $0.containers[container]?[name]?.accessTier = tier }
    }

    package func containerExists(_ container: String) async throws -> Bool {
        if self.forbidden.contains(container) { throw BackupError(.permissionDenied, "\(container) is not for you.") }
        return self.state.withLock { $0.containers[container] != nil }
    }

    package func createContainer(_ container: String) async throws {
        self.state.withLock { state in
            if state.containers[container] == nil { state.containers[container] = [:] }
        }
    }

    package func properties(of name: String, in container: String) async throws -> BlobObservation {
        try self.state.withLock { state in
            guard let blob = try Self.blobs(container, state)[name] else { return .absent(date: self.clock.now) }
            return .present(Self.properties(name, blob, at: self.clock.now))
        }
    }

    /// Lets something happen before the first read after the next lease was given, as another process could.
    ///
    /// - Parameter act: What happens; once.
    package func underLease(_ act: @escaping @Sendable () async throws -> Void) {
        self.state.withLock { ($0.underLease, $0.isLeaseGiven) = (act, false) }
    }

    package func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)? {
        let act = self.state.withLock { state -> (@Sendable () async throws -> Void)? in
            guard state.isLeaseGiven else { return nil }
            defer { state.underLease = nil }
            return state.underLease
        }
        try await act?()
        return try self.state.withLock { state in
            guard let blob = try Self.blobs(container, state)[name] else { return nil }
            guard blob.content.count <= cap else { throw BackupError(.answerTooLarge, "\(name) is too large.") }
            return (blob.content, blob.etag)
        }
    }

    package func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag {
        try self.state.withLock { state in
            let old = try Self.blobs(container, state)[name]
            let isMet =
                switch condition {
                case .always: true
                case .absent: old == nil
                case .matches(let etag): old?.etag == etag
                }
            let isLeased = old?.lease.map { $0.endsAt > self.clock.now } ?? false
            guard isMet, !isLeased else {
                throw BackupError(.conflict, "The condition of the write to \(name) is not met, or it is leased.")
            }
            state.writes += 1
            let etag = ETag("\"0x\(state.writes)\"")
            let now = self.clock.now.wholeSeconds
            state.containers[container]?[name] = Blob(
                content: content,
                etag: etag,
                createdAt: old?.createdAt ?? now,
                modifiedAt: now,
                lease: old?.lease
            )
            return etag
        }
    }

    /// Lets something happen right before the next deletion, as another process could.
    ///
    /// - Parameter act: What happens; once.
    package func beforeDeletion(_ act: @escaping @Sendable () async throws -> Void) {
        self.state.withLock { $0.beforeDeletion = act }
    }

    package func delete(_ name: String, in container: String, condition: WriteCondition) async throws -> BlobDeletion {
        let act = self.state.withLock { state in
            defer { state.beforeDeletion = nil }
            return state.beforeDeletion
        }
        try await act?()
        if self.undeletable.contains(container) {
            throw BackupError(
                .permissionDenied,
                "The identity in use lacks Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete."
            )
        }
        return try self.state.withLock { state in
            guard let blob = try Self.blobs(container, state)[name] else {
                throw BackupError(.notFound, "There is no blob \(name).")
            }
            let isMet =
                switch condition {
                case .always: true
                case .absent: false
                case .matches(let etag): blob.etag == etag
                }
            let isLeased = blob.lease.map { $0.endsAt > self.clock.now } ?? false
            guard isMet, !isLeased else { throw BackupError(.conflict, "\(name) is not to be deleted now.") }
            if blob.hasLegalHold || blob.immutableUntil.map({ $0 > self.clock.now }) ?? false {
                throw BackupError(.blobProtected, "\(name) is immutable.")
            }
            state.containers[container]?[name] = nil
            return self.retention == .nothing ? .permanent : .recoverable
        }
    }

    package func deletedBlobRetention() async throws -> DeletedBlobRetention { self.retention }

    package func list(
        _ container: String,
        prefix: String,
        delimiter: String?,
        marker: String?
    ) async throws -> BlobPage {
        try self.state.withLock { state in
            let all = try Self.blobs(container, state)
            let names = all.keys.filter { $0.hasPrefix(prefix) && $0 > (marker ?? "") }.sorted()
            let page = names.prefix(self.pageSize)
            var result = BlobPage(blobs: [], nextMarker: names.count > page.count ? page.last : nil)
            result.date = self.clock.now
            for name in page {
                if let delimiter, let end = name.dropFirst(prefix.count).firstRange(of: delimiter) {
                    let folded = String(name[..<end.upperBound])
                    if result.prefixes.last != folded { result.prefixes.append(folded) }
                } else if let blob = all[name] {
                    result.blobs.append(Self.properties(name, blob, at: self.clock.now))
                }
            }
            return result
        }
    }

    package func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID {
        try self.state.withLock { state in
            guard let blob = try Self.blobs(container, state)[name] else {
                throw BackupError(.notFound, "There is no blob \(name).")
            }
            if let lease = blob.lease, lease.endsAt > self.clock.now {
                throw BackupError(.conflict, "\(name) is leased.")
            }
            state.leases += 1
            state.isLeaseGiven = true
            let id = LeaseID("lease-\(state.leases)")
            let end = self.clock.now + Double(seconds)
            state.containers[container]?[name]?.lease = Lease(id: id, seconds: seconds, endsAt: end)
            return id
        }
    }

    package func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        try self.state.withLock { state in
            // As Azure has it, a lease that has run out can be renewed as long as nobody else took it.
            guard let held = try Self.blobs(container, state)[name]?.lease, held.id == lease else {
                throw BackupError(.conflict, "The lease of \(name) is lost.")
            }
            state.containers[container]?[name]?.lease?.endsAt = self.clock.now + Double(held.seconds)
        }
    }

    package func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        try self.state.withLock { state in
            guard try Self.blobs(container, state)[name]?.lease?.id == lease else { return }
            state.containers[container]?[name]?.lease = nil
        }
    }

    package func breakLease(of name: String, in container: String) async throws {
        self.state.withLock { $0.containers[container]?[name]?.lease = nil }
    }

    private static func blobs(_ container: String, _ state: State) throws -> [String: Blob] {
        guard let blobs = state.containers[container] else {
            throw BackupError(.notFound, "There is no container \(container).")
        }
        return blobs
    }

    private static func properties(_ name: String, _ blob: Blob, at now: Date) -> BlobProperties {
        BlobProperties(
            name: name,
            bytes: blob.content.count,
            etag: blob.etag,
            createdAt: blob.createdAt,
            modifiedAt: blob.modifiedAt,
            contentMD5: nil,
            isLeased: blob.lease.map { $0.endsAt > now } ?? false,
            immutableUntil: blob.immutableUntil,
            hasLegalHold: blob.hasLegalHold,
            accessTier: blob.accessTier
        )
    }
}
