package import BackupDomain

/// Looks at an instance and at the blob of its backup while Azure is at work, once a minute: nothing is decided by it.
package struct OperationWatch: Sendable {
    private let plane: any ManagementPlane
    private let blobs: any BlobStorage
    private let clock: any WallClock

    /// Creates a watch.
    ///
    /// - Parameters:
    ///   - plane: Azure Resource Manager.
    ///   - blobs: The blob service of the account that the backup is in.
    ///   - clock: The time.
    package init(plane: any ManagementPlane, blobs: any BlobStorage, clock: any WallClock) {
        self.plane = plane
        self.blobs = blobs
        self.clock = clock
    }

    /// Looks until cancelled.
    ///
    /// - Parameter record: The run, as it was when Azure had accepted.
    /// - Throws: `CancellationError`
    package func run(_ record: RunRecord) async throws {
        while true {
            try await self.clock.sleep(for: .seconds(15))
            try await self.look(record)
            try await self.clock.sleep(for: .seconds(45))
        }
    }

    /// Looks once at the instance and the blob, and once more at the operation, which has ended.
    ///
    /// - Parameter record: The run.
    /// - Throws: `CancellationError`
    package func lookAfterwards(_ record: RunRecord) async throws {
        try await self.look(record)
        guard let location = record.attempts.last?.location else { return }
        do {
            _ = try await self.plane.operation(at: location)
        } catch is BackupError {
            // The exchange has what came of it.
        }
    }

    private func look(_ record: RunRecord) async throws {
        do {
            _ = try await self.plane.instance(record.instance.id)
        } catch is BackupError {
            // The exchange has what came of it.
        }
        guard record.kind == .backup, let name = record.attempts.last?.backupName else { return }
        do {
            _ = try await self.blobs.properties(of: name, in: record.storage.container)
        } catch is BackupError {
            // The exchange has what came of it.
        }
    }
}
