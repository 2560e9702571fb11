package import BackupDomain
package import FoundationEssentials

/// Pins and unpins backups.
package struct PinBoard: Sendable {
    /// For how many seconds an intent of `prune` makes a pin doubtful: far longer than clocks differ and calls last.
    private static let doubtful: TimeInterval = 86_400

    private let documents: CatalogDocuments
    private let blobs: any BlobStorage
    private let clock: any WallClock

    /// Creates a board.
    ///
    /// - Parameters:
    ///   - documents: The catalog's documents.
    ///   - blobs: The account's blob service.
    ///   - clock: The time.
    package init(documents: CatalogDocuments, blobs: any BlobStorage, clock: any WallClock) {
        self.documents = documents
        self.blobs = blobs
        self.clock = clock
    }

    /// Pins a backup; one that is pinned already gets the new reason.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container.
    ///   - instance: The instance's key.
    ///   - reason: Why.
    ///   - principal: Who asks.
    /// - Returns: nil where no prune deletes it from now on; otherwise when one wrote down that it was about to, and has not
    ///   yet said what came of it.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is no such blob any more.
    package func pin(
        _ name: String,
        in container: String,
        of instance: InstanceKey,
        because reason: String?,
        by principal: RecordedPrincipal
    ) async throws -> Date? {
        let change = BackupPins.Change(isPinned: true, at: self.clock.now, by: principal, reason: reason)
        try await self.documents.change(
            at: Self.path(name, in: container, of: instance),
            from: BackupPins(container: container, name: name)
        ) { $0.changes.append(change) }
        // After the pin: a prune that has not seen it has written its intent before.
        let path = CatalogPath.prunes(of: instance, name, in: container)
        let intent = try await self.documents.read(BackupDeletions.self, at: path)?.document.openIntent
        guard case .present = try await self.blobs.properties(of: name, in: container) else {
            throw BackupError(.notFound, "The backup '\(name)' is not there any more: there is nothing to keep.")
        }
        return intent.flatMap { self.clock.now.timeIntervalSince($0) < Self.doubtful ? $0 : nil }
    }

    /// Leaves a backup to the rules again; one that is not pinned stays as it is.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container.
    ///   - instance: The instance's key.
    ///   - reason: Why.
    ///   - principal: Who asks.
    /// - Returns: Whether anything changed.
    /// - Throws: ``BackupDomain/BackupError``
    package func unpin(
        _ name: String,
        in container: String,
        of instance: InstanceKey,
        because reason: String?,
        by principal: RecordedPrincipal
    ) async throws -> Bool {
        let path = Self.path(name, in: container, of: instance)
        guard try await self.documents.read(BackupPins.self, at: path)?.document.current != nil else { return false }
        let change = BackupPins.Change(isPinned: false, at: self.clock.now, by: principal, reason: reason)
        try await self.documents.change(at: path, from: BackupPins(container: container, name: name)) { document in
            document.changes.append(change)
        }
        return true
    }

    private static func path(_ name: String, in container: String, of instance: InstanceKey) -> String {
        "\(CatalogPath.pins(of: instance))\(CatalogPath.digest(name, in: container)).json"
    }

    /// Reads all pins that hold.
    ///
    /// - Parameter container: The container of backups.
    /// - Returns: The pins by the names of the blobs.
    /// - Throws: ``BackupDomain/BackupError``
    package func all(in container: String) async throws -> [String: BackupPins.Change] {
        let found = try await self.documents.all(BackupPins.self, below: CatalogPath.pins)
        let pins = found.values.compactMap { document in
            document.container == container ? document.current.map { (document.name, $0) } : nil
        }
        return Dictionary(pins) { first, _ in first }
    }
}
