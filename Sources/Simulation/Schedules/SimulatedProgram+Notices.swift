import BackupDomain
import BackupEngine
import FoundationEssentials

/// Whom `run --due` tells of what at its end.
extension SimulatedProgram {
    /// Looks how the instance stands, and tells what is to be told.
    ///
    /// - Parameters:
    ///   - instance: The instance with its schedule.
    ///   - connection: The clients.
    ///   - refusals: How often a notice is not taken.
    /// - Throws: What the engine throws where the catalog cannot be read.
    func tell(of instance: ScheduledInstance, _ connection: Connection, refusals: Double) async throws {
        let (blobs, container) = (connection.storage.blobs, Self.catalogContainer)
        let channel = SimulatedChannel(
            process: self.process,
            azure: self.azure,
            story: self.story,
            random: SplitMix(seed: self.seed).stream(8),
            refusals: refusals
        )
        let reporter = IncidentReporter(
            documents: { CatalogDocuments(storage: blobs, container: container) },
            catalogs: { [BlobCatalog(storage: blobs, container: container)] },
            channels: [channel],
            routes: [NoticeRoute(channel: channel.name)],
            rules: AlertRules(),
            clock: self.process
        )
        let watched = WatchedPlace.Watched(
            id: instance.id,
            schedule: instance,
            maxAge: nil,
            retention: RetentionPolicy()
        )
        let place = WatchedPlace(
            storage: connection.storage,
            container: SimulatedCall.Container.backups.rawValue,
            catalogContainer: container,
            instances: [watched]
        )
        let seen = try await InstanceObserver(clock: self.process).observe(
            [place],
            ledger: try await reporter.ledger()
        )
        let report = try await reporter.report(seen.round(rules: AlertRules(), isFinal: true))
        // What a process told that could not write it down, no later one knows of.
        let abandoned = report.ledger.notices.filter { notice in
            report.refusal != nil || notice.deliveries.values.contains { $0.state == .abandoned }
        }
        self.azure.with { $0.oracle.reported(forgotten: abandoned.compactMap(\.incident?.id), at: $0.now) }
        guard seen.unreadable.isEmpty, report.refusal == nil, report.ledger.undelivered == 0 else { return }
        let isRight = abs(seen.at.timeIntervalSince1970 * 1000 - Double(self.azure.now)) < 3_600_000
        let looked = isRight ? Int64(seen.at.timeIntervalSince1970 * 1000) : nil
        self.azure.with { $0.oracle.looked(looked, instance.id, at: $0.now) }
    }
}
