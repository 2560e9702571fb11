package import BackupDomain
package import FoundationEssentials

/// A catalog that does what another one does, but for what a test does around each write.
package struct ForwardingCatalog: Catalog {
    /// Makes a write, or does not.
    package typealias Write = @Sendable () async throws -> ETag

    private let base: any Catalog
    private let around: @Sendable (RunRecord, Write) async throws -> ETag

    /// Creates a catalog.
    ///
    /// - Parameters:
    ///   - base: The other one.
    ///   - around: Called for each write of a record with what makes it.
    package init(_ base: any Catalog, around: @escaping @Sendable (RunRecord, Write) async throws -> ETag) {
        self.base = base
        self.around = around
    }

    package func create(_ record: RunRecord) async throws -> ETag {
        try await self.around(record) { try await self.base.create(record) }
    }

    package func replace(_ record: RunRecord, version: ETag) async throws -> ETag {
        try await self.around(record) { try await self.base.replace(record, version: version) }
    }

    package func record(_ run: RunID, of instance: InstanceKey) async throws -> (record: RunRecord, version: ETag)? {
        try await self.base.record(run, of: instance)
    }

    package func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID] {
        try await self.base.newestRuns(of: instance, limit: limit)
    }

    package func unfinishedRuns(of instance: InstanceKey, at now: Date) async throws -> [RunID] {
        try await self.base.unfinishedRuns(of: instance, at: now)
    }

    package func summarize(_ record: RunRecord, at now: Date) async throws {
        try await self.base.summarize(record, at: now)
    }

    package func instances() async throws -> [InstanceKey] { try await self.base.instances() }
}
