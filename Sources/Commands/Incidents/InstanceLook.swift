import BackupDomain
import BackupEngine
import Settings

/// Looks at watched instances, from their catalogs alone.
struct InstanceLook: Sendable {
    /// Azure.
    let connection: AzureConnection
    /// The zones of this machine.
    let zones: any TimeZoneDatabase

    /// The ledger of incidents as it is written down now; nil where it cannot be read.
    func ledger() async -> IncidentLedger? {
        guard let documents = try? await self.connection.ledgerDocuments(),
            let found = try? await documents.read(IncidentLedger.self, at: CatalogPath.incidents)
        else { return nil }
        return found.document
    }

    /// Looks at instances; a catalog that cannot be read does not keep us from the others.
    ///
    /// - Parameters:
    ///   - watchlist: The instances.
    ///   - ledger: The ledger of incidents; nil where it could not be read.
    /// - Returns: What was seen.
    /// - Throws: `CancellationError`
    func observe(_ watchlist: Watchlist, _ ledger: IncidentLedger?) async throws -> Observation {
        var places: [WatchedPlace] = []
        var unreadable: [Observation.Unreadable] = []
        for (storage, members) in Dictionary(grouping: watchlist.members, by: \.backup.storage) {
            do {
                let opened = try await self.connection.open(members[0].backup, subscription: members[0].id.subscription)
                places.append(
                    WatchedPlace(
                        storage: opened.storage,
                        container: storage.container,
                        catalogContainer: storage.catalogContainer,
                        instances: members.map(self.watched)
                    )
                )
            } catch let error as BackupError {
                unreadable.append(.init(account: storage.account ?? "", instances: members.map(\.id), error: error))
            }
        }
        var observation = try await InstanceObserver(clock: self.connection.clock).observe(
            places,
            ledger: ledger ?? IncidentLedger()
        )
        observation.unreadable += unreadable
        return observation
    }

    private func watched(_ member: Watchlist.Member) -> WatchedPlace.Watched {
        let schedule = member.backup.schedule.schedule
        // Where the zone is gone, nothing is expected; the settings are refused for it.
        let zone = try? self.zones.rules(named: schedule.timeZone)
        return WatchedPlace.Watched(
            id: member.id,
            schedule: zone.map { ScheduledInstance(id: member.id, schedule: schedule, zone: $0) },
            maxAge: member.backup.maxAge,
            retention: member.backup.retention,
            isInventoryOnly: member.backup.inventoryOnly,
            drillAge: member.backup.drillRules.map { rules in
                rules.allowedAge(
                    zone: (try? self.zones.rules(named: rules.timeZone)) ?? .utc,
                    at: self.connection.clock.now
                )
            },
            ignoredChecks: self.connection.settings.doctor.ignoredChecks
        )
    }
}
