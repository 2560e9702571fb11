/// The inputs that every host's template has: exactly three that a person must think of, and all else with a safe default.
///
/// ``location`` has a default too; it is among the three, since the design names it.
package enum BackupInputs {
    private static let group: TemplateValue = .expression(.call("resourceGroup").property("name"))

    /// The instance to back up.
    package static let instance = TemplateParameter(
        "apim_name",
        "Name of the existing API Management instance, in the tier Developer, Basic, Standard or Premium.",
        length: 1...50
    )
    /// The account that backups go into.
    package static let storageAccount = TemplateParameter(
        "backup_storage_account_name",
        "Name of the existing storage account that backups go into.",
        length: 3...24
    )
    /// Where the job runs.
    package static let location = TemplateParameter(
        "location",
        "Region of what this template creates.",
        standard: .expression(.call("resourceGroup").property("location"))
    )
    /// The instance's resource group.
    package static let instanceGroup = TemplateParameter(
        "apim_resource_group",
        "Resource group of the instance, where it is another one than this deployment's.",
        standard: group
    )
    /// The account's resource group.
    package static let storageGroup = TemplateParameter(
        "backup_storage_resource_group",
        "Resource group of the storage account, where it is another one than this deployment's.",
        standard: group
    )
    /// The container of backups.
    package static let container = TemplateParameter(
        "backups_container",
        "Container of the backups; created, private, where it is missing.",
        standard: "apim-backups",
        length: 3...63
    )
    /// The template of backups' names.
    package static let backupName = TemplateParameter(
        "backup_name",
        "Name of each backup; fields are {instance}, {time} and {date}. Must hold {instance} and {time}.",
        standard: "{instance}-{time}.apimbackup",
        length: 6...200
    )
    /// The user-assigned identity by which API Management writes.
    package static let accessIdentity = TemplateParameter(
        "access_identity_id",
        "Resource id of the instance's user-assigned identity that writes the backups; empty for its system-assigned one.",
        standard: ""
    )
    /// Whether the job gets a role that allows less than Azure's own.
    package static let leastPrivilege = TemplateParameter(
        "least_privilege",
        .boolean,
        "Whether to define a role that may only start and follow backups. Azure's own Operator role may also delete the instance.",
        standard: false
    )
    /// Where API Management's data role is assigned.
    package static let storageRoleScope = TemplateParameter(
        "storage_role_scope",
        "Where API Management may write: in the container of backups, or in the whole account.",
        standard: "container",
        allowed: ["container", "account"]
    )
    /// Whether the template assigns the roles, or another team does.
    package static let assignsRoles = TemplateParameter(
        "assign_roles",
        .boolean,
        "Whether to assign the roles. Without, apim-backup permissions prints what another team is to assign.",
        standard: true
    )
    /// Whether API Management's own role is assigned too.
    package static let assignsWriterRole = TemplateParameter(
        "assign_writer_role",
        .boolean,
        "Whether to assign API Management's own role; false where it has the role already by another assignment.",
        standard: true
    )
    /// Whom alerts tell.
    package static let alertEmail = TemplateParameter(
        "alert_email",
        "E-mail address that is told of failed and of missed nights; empty for no alert.",
        standard: ""
    )

    /// From when on a night counts.
    package static let firstRun = TemplateParameter(
        "first_run",
        "Leave as it is: no night counts before this instant, so that none fires before its role holds.",
        standard: .expression(
            .call("dateTimeAdd", .call("utcNow", .literal("u")), .literal("P1D"), .literal("yyyy-MM-ddT00:00:00"))
        )
    )

    /// All but ``firstRun``, in the order in which a person meets them.
    package static let all = [
        instance, storageAccount, location, instanceGroup, storageGroup, container, backupName, accessIdentity,
        leastPrivilege, storageRoleScope, assignsRoles, assignsWriterRole, alertEmail,
    ]
}

extension TemplateParameter {
    /// Creates a text input; the shape that most have.
    init(
        _ name: String,
        _ description: String,
        standard: TemplateValue? = nil,
        allowed: [TemplateValue] = [],
        length: ClosedRange<Int>? = nil
    ) {
        self.init(name, .string, description, standard: standard, allowed: allowed, length: length)
    }

    /// What stands for the input in an expression.
    var reference: TemplateExpression { .parameter(self.name) }
}
