package import BackupDomain

/// A storage account with the instances whose backups go there, as far as they are watched.
package struct WatchedPlace: Sendable {
    /// An instance that is watched.
    package struct Watched: Sendable {
        /// The instance's resource id.
        package var id: ResourceID
        /// Its schedule; nil where no schedule of ours backs it up.
        package var schedule: ScheduledInstance?
        /// The oldest that its newest good backup may be; nil where the schedule says it.
        package var maxAge: Duration?
        /// What is kept of its backups.
        package var retention: RetentionPolicy
        /// Whether only its inventory is taken.
        package var isInventoryOnly: Bool
        /// The oldest that the last passed drill with its backups may be; nil where there are to be none.
        package var drillAge: Duration?
        /// The checks of the doctor that nobody is told of; nil where the doctor does not look by itself.
        package var ignoredChecks: Set<String>?

        /// Creates a value; of an instance that is backed up, without drills, that the doctor does not look at by default.
        package init(
            id: ResourceID,
            schedule: ScheduledInstance?,
            maxAge: Duration?,
            retention: RetentionPolicy,
            isInventoryOnly: Bool = false,
            drillAge: Duration? = nil,
            ignoredChecks: Set<String>? = nil
        ) {
            self.id = id
            self.schedule = schedule
            self.maxAge = maxAge
            self.retention = retention
            self.isInventoryOnly = isInventoryOnly
            self.drillAge = drillAge
            self.ignoredChecks = ignoredChecks
        }
    }

    /// The account with its blob service.
    package var storage: RunStorage
    /// The container of backups.
    package var container: String
    /// The container of records.
    package var catalogContainer: String
    /// The instances.
    package var instances: [Watched]

    /// Creates a place.
    package init(storage: RunStorage, container: String, catalogContainer: String, instances: [Watched]) {
        self.storage = storage
        self.container = container
        self.catalogContainer = catalogContainer
        self.instances = instances
    }
}
