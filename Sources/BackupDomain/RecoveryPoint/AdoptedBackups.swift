package import FoundationEssentials

/// What the last check saw of an instance's adopted backups, those that no record of ours names: a document of the catalog
/// for each instance, so that `status` counts what `verify` counts without looking at every blob.
package struct AdoptedBackups: Sendable, Codable, Hashable, CatalogDocument {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// The most backups that are kept, the newest.
    package static let mostPoints = 60

    /// A backup that was proven, and that Azure could restore.
    package struct Point: Sendable, Codable, Hashable {
        /// The blob's name.
        package var name: String
        /// Its size in bytes.
        package var bytes: Int
        /// When it was made, by the blob service's clock.
        package var createdAt: Date
        /// Until when Azure restores it.
        package var restorableUntil: Date
    }

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// When the check was made.
    package private(set) var checkedAt: Date
    /// The good backups, newest first.
    package private(set) var points: [Point]

    /// Takes over what a check saw.
    ///
    /// - Parameters:
    ///   - points: The instance's recovery points.
    ///   - now: When the check was made.
    package init(_ points: [RecoveryPoint], at now: Date) {
        self.checkedAt = now
        let good = points.filter { $0.isAdopted && $0.isGood(at: now) }
            .sorted { ($0.createdAt, $0.name) > ($1.createdAt, $1.name) }
        self.points = good.prefix(Self.mostPoints).compactMap { point in
            point.blob.map { blob in
                Point(
                    name: point.name,
                    bytes: blob.bytes,
                    createdAt: point.createdAt,
                    restorableUntil: point.restorableUntil
                )
            }
        }
    }

    /// The backups that Azure can still restore.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The backups, newest first.
    package func restorable(at now: Date) -> [Point] { self.points.filter { $0.restorableUntil > now } }
}
