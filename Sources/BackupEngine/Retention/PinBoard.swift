package import BackupDomain
import FoundationEssentials

/// Pins and unpins backups.
package struct PinBoard: Sendable {
    private let documents: CatalogDocuments
    private let clock: any WallClock

    /// Creates a board.
    ///
    /// - Parameters:
    ///   - documents: The catalog's documents.
    ///   - clock: The time.
    package init(documents: CatalogDocuments, clock: any WallClock) {
        self.documents = documents
        self.clock = clock
    }

    /// Pins a backup, or lets it go.
    ///
    /// A backup that is pinned already gets the new reason; letting go of one that is not pinned changes nothing.
    ///
    /// - Parameters:
    ///   - isPinned: Whether it is to be kept from now on.
    ///   - name: The blob's name.
    ///   - container: The container.
    ///   - instance: The instance's key.
    ///   - reason: Why.
    ///   - principal: Who asks.
    /// - Returns: Whether anything changed.
    /// - Throws: ``BackupDomain/BackupError``
    package func set(
        _ isPinned: Bool,
        on name: String,
        in container: String,
        of instance: InstanceKey,
        because reason: String?,
        by principal: RecordedPrincipal
    ) async throws -> Bool {
        let path = "\(CatalogPath.pins(of: instance))\(CatalogPath.digest(name, in: container)).json"
        let known = try await self.documents.read(BackupPins.self, at: path)?.document.current
        guard isPinned || known != nil else { return false }
        let change = BackupPins.Change(isPinned: isPinned, at: self.clock.now, by: principal, reason: reason)
        try await self.documents.change(at: path, from: BackupPins(container: container, name: name)) { document in
            document.changes.append(change)
        }
        return true
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
