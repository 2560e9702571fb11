package import BackupDomain
package import FoundationEssentials

/// What is looked at, and what is to hold: the settings of one instance's backups.
package struct Subject: Sendable {
    /// The instance as it was named.
    package var instance: String
    /// The storage account's name.
    package var account: String
    /// The account's resource id; nil where the account was not found in the Resource Manager.
    package var accountID: ResourceID?
    /// The container of backups.
    package var container: String
    /// The container of records.
    package var catalogContainer: String
    /// How API Management is to reach the account.
    package var access: StorageAccess
    /// The api-version of the calls.
    package var apiVersion: String
    /// The rules of retention.
    package var retention: RetentionPolicy
    /// The next time of the schedule, and the longest interval up to it and the one after; nil where no settings list the instance.
    package var schedule: Timing?
    /// Whether only the instance's inventory is taken, so that nothing of a backup is needed.
    package var isInventoryOnly: Bool
    /// How many channels tell people of what goes wrong; nil where no settings file is in use.
    package var channels: Int?

    /// What a schedule comes to.
    package struct Timing: Sendable, Hashable {
        /// The schedule in words.
        package var text: String
        /// The next time; nil where there is none.
        package var next: Date?
        /// The longest interval between two times.
        package var longestInterval: Duration

        /// Creates a value.
        package init(text: String, next: Date?, longestInterval: Duration) {
            self.text = text
            self.next = next
            self.longestInterval = longestInterval
        }
    }

    /// Creates a value.
    package init(
        instance: String,
        account: String,
        accountID: ResourceID?,
        container: String,
        catalogContainer: String,
        access: StorageAccess,
        apiVersion: String,
        retention: RetentionPolicy,
        schedule: Timing? = nil,
        isInventoryOnly: Bool = false,
        channels: Int? = nil
    ) {
        self.instance = instance
        self.account = account
        self.accountID = accountID
        self.container = container
        self.catalogContainer = catalogContainer
        self.access = access
        self.apiVersion = apiVersion
        self.retention = retention
        self.schedule = schedule
        self.isInventoryOnly = isInventoryOnly
        self.channels = channels
    }

    /// The resource id of one of the two containers; nil where the account's is not known.
    ///
    /// - Parameter name: The container's name.
    /// - Returns: The id.
    package func containerID(_ name: String) -> String? {
        self.accountID?.containerID(name)
    }

    /// Whether the rules of retention ever delete anything.
    var isPruned: Bool { self.retention.hasRules }
}
