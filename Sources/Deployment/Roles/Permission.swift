/// One role that nightly backups need: which, who gets it, on what, when, and why.
///
/// The one list of them: the templates assign what it says, and `apim-backup permissions` prints it.
package struct Permission: Sendable, Hashable {
    /// Who gets a role.
    package enum Holder: String, Sendable, Hashable {
        /// The identity of the job that starts backups.
        case job
        /// The identity by which API Management writes them.
        case apiManagement
    }

    /// What a role is on.
    package enum Place: String, Sendable, Hashable {
        /// The instance of API Management.
        case instance
        /// The container of backups.
        case backups
        /// The container of our own records.
        case catalog
        /// The whole storage account.
        case account
    }

    /// When a role is needed.
    package enum Condition: String, Sendable, Hashable {
        /// Always.
        case always
        /// Unless the least privilege is asked for.
        case withOperatorRole
        /// Where the least privilege is asked for.
        case withLeastPrivilege
        /// Where API Management may write in the container only.
        case inContainer
        /// Where API Management may write in the whole account.
        case inAccount
        /// Where the job may delete backups.
        case whereDeleting
    }

    /// The role.
    package var role: Role
    /// Who gets it.
    package var holder: Holder
    /// What it is on.
    package var place: Place
    /// When it is needed.
    package var condition: Condition
    /// Why, in a sentence that a person reads who is to grant it.
    package var reason: String

    /// All that backups by a host can need, in the order in which the template assigns them.
    ///
    /// - Parameter host: What runs the backups.
    /// - Returns: The permissions, those of all choices.
    package static func all(for host: DeploymentHost) -> [Permission] {
        let common = [
            Permission(
                role: .instanceOperator,
                holder: .job,
                place: .instance,
                condition: .withOperatorRole,
                reason: "Starts the backup and follows it. Azure's own role for this may also delete the instance and "
                    + "restore over it; least_privilege avoids that."
            ),
            Permission(
                role: .backupStarter,
                holder: .job,
                place: .instance,
                condition: .withLeastPrivilege,
                reason: "Starts the backup and follows it; can change nothing."
            ),
            Permission(
                role: .blobContributor,
                holder: .apiManagement,
                place: .backups,
                condition: .inContainer,
                reason: "Writes the backup: API Management does so itself, by its own identity."
            ),
            Permission(
                role: .blobContributor,
                holder: .apiManagement,
                place: .account,
                condition: .inAccount,
                reason: "Writes the backup: API Management does so itself, by its own identity."
            ),
            Permission(
                role: .blobReader,
                holder: .job,
                place: .backups,
                condition: .always,
                reason: "Looks whether the backup is there, and can write none."
            ),
            Permission(
                role: .backupPruner,
                holder: .job,
                place: .backups,
                condition: .whereDeleting,
                reason: "Deletes backups that the rules of retention release, and can write none."
            ),
        ]
        return host.keepsRecords ? common + [Self.records] : common
    }

    private static let records = Permission(
        role: .blobContributor,
        holder: .job,
        place: .catalog,
        condition: .always,
        reason: "Keeps the records of runs, apart from the backups."
    )

    /// All that is needed where only the inventory of an instance is taken: API Management writes nothing then.
    package static let ofInventories = [
        Permission(
            role: .instanceReader,
            holder: .job,
            place: .instance,
            condition: .always,
            reason: "Reads what lies in the instance; can change nothing, and reads no value of a secret."
        ), Self.records,
    ]

    /// What backups by a host need, as a template is given its values.
    ///
    /// - Parameters:
    ///   - host: What runs the backups.
    ///   - arguments: The template's values.
    /// - Returns: The permissions that apply.
    package static func needed(by host: DeploymentHost, _ arguments: TemplateArguments) -> [Permission] {
        let isLeast = arguments[BackupInputs.leastPrivilege] == true
        let isWhole = arguments[BackupInputs.storageRoleScope] == "account"
        let deletes = arguments[host.deletes] == true
        return Self.all(for: host).filter { permission in
            switch permission.condition {
            case .always: true
            case .withOperatorRole: !isLeast
            case .withLeastPrivilege: isLeast
            case .inContainer: !isWhole
            case .inAccount: isWhole
            case .whereDeleting: deletes
            }
        }
    }
}
