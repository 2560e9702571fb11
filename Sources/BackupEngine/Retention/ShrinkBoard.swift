package import BackupDomain
import FoundationEssentials

/// Takes down what operators say of backups that became smaller.
package struct ShrinkBoard: Sendable {
    /// What was acknowledged.
    package struct Acknowledgement: Sendable {
        /// What had tripped the guard.
        package var alarm: ShrinkGuard.Alarm
        /// The newest backup: sizes are compared from here on.
        package var newest: String
    }

    private let source: RecoveryPointSource
    private let clock: any WallClock

    /// Creates a board.
    ///
    /// - Parameters:
    ///   - source: The recovery points.
    ///   - clock: The time.
    package init(source: RecoveryPointSource, clock: any WallClock) {
        self.source = source
        self.clock = clock
    }

    /// Acknowledges that an instance's backups are as small as they should be.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - seen: What a look at the container showed a moment ago.
    ///   - threshold: The share of the median size that prune goes by.
    ///   - reason: Why they are smaller.
    ///   - principal: Who says so.
    /// - Returns: What was acknowledged; nil where the guard is not tripped, and nothing changed.
    /// - Throws: ``BackupDomain/BackupError``
    package func acknowledge(
        _ instance: InstanceKey,
        in seen: BackupContainer,
        threshold: Double,
        because reason: String,
        by principal: RecordedPrincipal
    ) async throws -> Acknowledgement? {
        let known = try await self.source.points(of: instance, in: seen)
        let guardian = ShrinkGuard(threshold: threshold, acknowledgement: known.acknowledgement)
        guard let alarm = guardian.alarm(known.points), let newest = ShrinkGuard.newest(known.points) else {
            return nil
        }
        let entry = ShrinkAcknowledgements.Entry(
            name: newest.point.name,
            bytes: newest.bytes,
            createdAt: newest.point.createdAt,
            at: self.clock.now,
            by: principal,
            reason: reason
        )
        try await self.source.documents.change(
            at: CatalogPath.acknowledgements(of: instance),
            from: ShrinkAcknowledgements()
        ) { $0.entries.append(entry) }
        return Acknowledgement(alarm: alarm, newest: newest.point.name)
    }
}
