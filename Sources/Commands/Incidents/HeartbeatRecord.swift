import BackupDomain
import BackupEngine
import Notifications
import Synchronization

/// Writes down in the catalog whether the heartbeat's monitor hears, beside the channels of notices, so that `status` and metrics say it.
///
/// Written when it changes: a year of signs that are heard writes nothing.
final class HeartbeatRecord: Sendable {
    private let documents: @Sendable () async throws -> CatalogDocuments
    private let clock: any WallClock
    /// Whether the last sign was heard, as far as that is written down; nil where nobody knows.
    private let known = Mutex<Bool?>(nil)

    /// Creates a record that knows nothing yet.
    ///
    /// - Parameters:
    ///   - clock: The time.
    ///   - documents: Opens the documents among which the ledger of incidents lies.
    init(clock: any WallClock, documents: @escaping @Sendable () async throws -> CatalogDocuments) {
        self.clock = clock
        self.documents = documents
    }

    /// Notes what became of a sign of life.
    ///
    /// - Parameter failure: Why it was not heard; nil where it was.
    /// - Throws: ``BackupDomain/BackupError`` where it cannot be written down; the next sign tries again.
    func note(_ failure: BackupError?) async throws {
        let isHeard = failure == nil
        guard self.known.withLock(\.self) != isHeard else { return }
        let now = self.clock.now
        try await self.documents().update(at: CatalogPath.incidents, from: IncidentLedger()) { ledger in
            // That all is well, as it was, is not worth a document.
            if isHeard, ledger.channels[Heartbeat.name]?.failingSince == nil { return }
            ledger.note(sign: failure, of: Heartbeat.name, at: now)
        }
        self.known.withLock { $0 = isHeard }
    }
}
