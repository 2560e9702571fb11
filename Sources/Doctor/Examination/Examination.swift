package import BackupDomain
package import FoundationEssentials

/// Everything that the checks judge by: what was read of one instance's chain, and what could not be.
package struct Examination: Sendable {
    /// The caller, as its token names it.
    package struct Caller: Sendable, Hashable {
        /// Which credential it came from.
        package var credential: String
        /// The object id; nil where the token does not say.
        package var objectID: String?
        /// The application id; nil where the token does not say.
        package var applicationID: String?

        /// Creates a value.
        package init(credential: String, objectID: String?, applicationID: String?) {
            self.credential = credential
            self.objectID = objectID
            self.applicationID = applicationID
        }
    }

    /// A lock of the Resource Manager.
    package struct Lock: Sendable, Hashable {
        /// The lock's resource id.
        package var id: String
        /// The level, such as `ReadOnly`.
        package var level: String

        /// Creates a value.
        package init(id: String, level: String) {
            self.id = id
            self.level = level
        }
    }

    /// An instance that was deleted and that Azure still keeps.
    package struct Deletion: Sendable, Hashable {
        /// When it was deleted and how long it can be brought back, in one sentence.
        package var text: String
        /// The command that brings it back.
        package var command: String

        /// Creates a value.
        package init(text: String, command: String) {
            self.text = text
            self.command = command
        }
    }

    /// What is to hold.
    package var subject: Subject
    /// When it was read, by this machine's clock.
    package var at: Date
    /// The caller.
    package var caller: Reading<Caller> = .hidden("No call was made.")
    /// The instance; what its answer said of Azure's clock is in ``clock``.
    package var instance: Reading<Instance> = .hidden("No call was made.")
    /// This machine's clock beside Azure's; nil where no answer told.
    package var clock: ClockComparison?
    /// The locks on the instance and above it.
    package var locks: Reading<[Lock]> = .hidden("No call was made.")
    /// The resource ids of the gateways that serve workspaces of the instance.
    package var workspaceGateways: Reading<[String]> = .hidden("No call was made.")
    /// What the caller may do with the instance.
    package var instanceRights: Reading<Rights> = .hidden("No call was made.")
    /// The storage account's resource.
    package var account: Reading<JSONValue> = .hidden("No call was made.")
    /// The account's blob service.
    package var blobService: Reading<JSONValue> = .hidden("No call was made.")
    /// The account's rules of lifecycle management; missing where it has none.
    package var lifecycle: Reading<JSONValue> = .hidden("No call was made.")
    /// The two containers' resources, by name.
    package var containers: [String: Reading<JSONValue>] = [:]
    /// What the caller may do with the two containers, by name.
    package var containerRights: [String: Reading<Rights>] = [:]
    /// What the identity by which API Management writes may do with the container of backups.
    package var writerRights: Reading<Rights> = .hidden("No call was made.")
    /// How many blobs of the container of backups begin with the instance's name, on the listing's first page.
    package var listing: Reading<Int> = .hidden("No call was made.")
    /// What writing into the container of records, and deleting there again, came to; nil is success.
    package var trial: Reading<BackupError?> = .hidden("No call was made.")
    /// How well the instance is protected; missing where it has no records.
    package var status: Reading<ProtectionStatus> = .hidden("No call was made.")
    /// What a person should know of the channels of the settings.
    package var channelWarnings: [String] = []
    /// That the instance was deleted and can still be brought back; nil where it was not, or that could not be looked at.
    package var deletion: Deletion?

    /// Creates an examination in which nothing was read yet.
    package init(subject: Subject, at: Date) {
        self.subject = subject
        self.at = at
    }

    /// The object id of the identity by which API Management writes backups; nil for an access key, and where it is missing.
    package var writer: String? {
        self.instance.value?.identity.principalID(for: self.subject.access)
    }

    /// The command that prints all roles that are needed, for whoever is to grant them.
    var permissionsCommand: String {
        let group = self.instance.value?.id.resourceGroup ?? self.subject.accountID?.resourceGroup ?? "GROUP"
        return "apim-backup permissions --host container-app-job --resource-group \(group) --apim-name "
            + "\(self.subject.instance) --backup-storage-account-name \(self.subject.account)"
    }

    /// Whether API Management writes with the account's key.
    var usesKey: Bool { if case .accessKey = self.subject.access { true } else { false } }
}
