package import BackupDomain
package import FoundationEssentials

/// What a restore would do, and whether it may: a function of what was read, so that a dry run shows what is done.
package struct RestorePlan: Sendable {
    /// Where the backup comes from.
    package struct Source: Sendable {
        /// The instance's name.
        package var name: String
        /// The storage account that holds the backup.
        package var account: String
        /// The instance as the record of the backup has it; nil where no record of ours names the backup.
        package var instance: RecordedInstance?
        /// The whole resource as Azure gave it before the backup; nil where no record of ours names the backup.
        package var document: JSONValue?

        /// Creates a value; of a backup that no record names by default.
        package init(name: String, account: String, instance: RecordedInstance? = nil, document: JSONValue? = nil) {
            self.name = name
            self.account = account
            self.instance = instance
            self.document = document
        }
    }

    /// Which recovery point, and why.
    package let choice: RestoreChoice
    /// Where it comes from.
    package let source: Source
    /// The instance that it goes into, as it is.
    package let target: Instance
    /// How API Management is to reach the account.
    package let access: StorageAccess
    /// Whether the identity by which it does so may read the backup.
    package let reach: RestoreReach
    /// The api-version of the restore call.
    package let apiVersion: String
    /// What else was said.
    package let wishes: RestoreWishes
    /// How long earlier restores into the target took, the median; nil where there were none.
    package let usualDuration: Duration?
    /// When the plan was made, by the blob service's clock.
    package let at: Date

    /// Makes a plan; of a backup that may be read by default.
    package init(
        choice: RestoreChoice,
        source: Source,
        target: Instance,
        access: StorageAccess,
        reach: RestoreReach = .allowed,
        apiVersion: String,
        wishes: RestoreWishes,
        usualDuration: Duration?,
        at: Date
    ) {
        self.choice = choice
        self.source = source
        self.target = target
        self.access = access
        self.reach = reach
        self.apiVersion = apiVersion
        self.wishes = wishes
        self.usualDuration = usualDuration
        self.at = at
    }

    /// Whether the backup goes into the instance that it comes from; told by the name where no record has the id.
    package var isInPlace: Bool {
        self.source.instance.map { $0.id == self.target.id }
            ?? (self.source.name.lowercased() == self.target.id.name.lowercased())
    }

    /// Whether the target is backed up first.
    package var makesSafetyBackup: Bool { self.wishes.wantsSafetyBackup && self.safetyObstacle == nil }

    /// Why the target cannot be backed up; nil where it can.
    package var safetyObstacle: String? {
        if self.target.provisioningState.lowercased() != "succeeded" && !self.target.isBusy {
            return "it is in the state \(self.target.provisioningState)"
        }
        return BackupChecks.refusal(of: self.target, access: self.access, apiVersion: self.apiVersion)?.message
    }

    /// The backup as the record of the restore will name it.
    package var backup: RecordedBackup {
        RecordedBackup(
            account: self.source.account,
            container: self.choice.point.container,
            name: self.choice.point.name,
            properties: self.choice.point.blob,
            restorableFrom: self.choice.point.createdAt
        )
    }
}

extension RestorePlan {
    /// What a backup does not hold and a person must see to.
    package var leftovers: [RestoreLeftover] { RestoreLeftovers(source: self.source.document, target: self.target).all }
}
