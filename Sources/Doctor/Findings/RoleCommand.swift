package import BackupDomain
import Deployment
import FoundationEssentials

/// Commands of Azure's CLI about roles, one line each for a POSIX shell.
package enum RoleCommand {
    /// Gives somebody a role.
    ///
    /// - Parameters:
    ///   - role: The role's name.
    ///   - principal: The object id.
    ///   - type: What kind of principal that is, in Azure's words; nil where that is not known.
    ///   - scope: The resource id.
    /// - Returns: The command.
    package static func assign(
        _ role: String,
        to principal: String,
        type: String? = nil,
        on scope: String
    ) -> String {
        "az role assignment create --assignee-object-id \(principal) "
            + "\(type.map { "--assignee-principal-type \($0) " } ?? "")--role '\(role)' --scope '\(scope)'"
    }

    /// Defines one of our roles.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - scope: Where it can be assigned; a resource group or a subscription.
    /// - Returns: The command.
    static func define(_ role: Role, in scope: String) -> String {
        var document: [String: JSONValue] = [
            "Name": .string(role.rawValue), "Description": .string(role.purpose ?? ""),
            "Actions": .array(role.actions.map(JSONValue.string)), "AssignableScopes": .array([.string(scope)]),
        ]
        if !role.dataActions.isEmpty { document["DataActions"] = .array(role.dataActions.map(JSONValue.string)) }
        let text = (try? JSONEncoder.stable().encode(JSONValue.object(document))).map {
            String(decoding: $0, as: UTF8.self)
        }
        return "az role definition create --role-definition '\(text ?? "{}")'"
    }

    /// Lets somebody read and delete backups, and write none.
    ///
    /// - Parameters:
    ///   - principal: The object id.
    ///   - container: The resource id of the container of backups.
    ///   - account: The resource id of its account, in whose group the role can be assigned.
    /// - Returns: The commands that define the role and assign it.
    package static func allowPruning(by principal: String, in container: String, of account: ResourceID) -> String {
        let group = "/subscriptions/\(account.subscription)/resourceGroups/\(account.resourceGroup)"
        let role = Role.backupPruner
        return [self.define(role, in: group), self.assign(role.rawValue, to: principal, on: container)]
            .joined(separator: " && ")
    }

    /// Shows which roles somebody has on something, for whoever is to take a wider one away.
    ///
    /// - Parameters:
    ///   - principal: The object id.
    ///   - scope: The resource id.
    /// - Returns: The command.
    static func list(of principal: String, on scope: String) -> String {
        "az role assignment list --assignee \(principal) --scope '\(scope)' --include-inherited --output table"
    }

    /// Takes assignments away that the list shows; a comment to a shell.
    static let removal = "# then take the wider one away: az role assignment delete --ids ASSIGNMENT-ID"
}
