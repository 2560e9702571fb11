import BackupDomain
import BackupEngine
import Serving
import Settings

extension FleetDesk {
    /// How long a catalog may take to answer.
    private static let patience = Duration.seconds(5)

    /// Asks each container of records whether it answers.
    ///
    /// - Parameter clock: Real time, in which the caller's patience is counted.
    /// - Returns: The containers, each once.
    func catalogs(_ clock: any WallClock) async -> [Readiness.Catalog] {
        var found: [Readiness.Catalog] = []
        for place in self.connection.settings.places {
            let name = "\(place.storage.account ?? "")/\(place.storage.catalogContainer)"
            do {
                try await clock.within(Self.patience) {
                    let opened = try await self.connection.open(place, subscription: place.subscription)
                    // One that is not there yet is made with the first look at a schedule.
                    _ = try await opened.storage.blobs.containerExists(opened.settings.catalogContainer)
                }
                found.append(.init(place: name))
            } catch {
                let reason =
                    (error as? BackupError)?.message ?? "It has not answered within \(Self.patience.formattedBriefly)."
                found.append(.init(place: name, reason: reason))
            }
        }
        return found
    }
}
