package import BackupDomain

/// Something that the doctor can mend by itself, since it takes nothing away from anybody.
package enum Fix: Sendable, Hashable {
    /// Make a container, private; by its resource id where that is known.
    case createContainer(account: String, name: String, id: String?)
    /// Close a container to the public, by its resource id.
    case makePrivate(container: String)
    /// Enable the instance's system-assigned identity.
    case enableIdentity(ResourceID, command: String)
    /// Give a principal a role.
    case assignRole(MissingRole)

    /// The same with Azure's CLI.
    package var command: String {
        switch self {
        case .createContainer(let account, let name, _):
            "az storage container create --auth-mode login --account-name \(account) --name \(name)"
        case .makePrivate(let container):
            "az rest --method patch --url '\(container)?api-version=2023-05-01' --body "
                + #"'{"properties":{"publicAccess":"None"}}'"#
        case .enableIdentity(_, let command): command
        case .assignRole(let grant):
            RoleCommand.assign(grant.roleName, to: grant.principal, type: grant.principalType, on: grant.scope)
        }
    }
}
