import BackupDomain
import Deployment

/// The roles that backups need, as a page for the team that grants them and as commands for Azure's CLI.
struct PermissionSheet {
    let host: DeploymentHost
    let arguments: TemplateArguments
    /// Where the job is deployed.
    let resourceGroup: String
    let subscription: String?
    /// The object id of the job's identity, where it is known already.
    let principal: String?
    /// What the tag of the job's identity says: the instance, or that it serves all.
    var tag: String?
    /// The client id of the identity by which API Management writes, where the settings name one.
    var writerClientID: String?
    /// Whether only the instance's inventory is taken.
    var isInventoryOnly = false

    private var permissions: [Permission] {
        self.isInventoryOnly ? Permission.ofInventories : Permission.needed(by: self.host, self.arguments)
    }
    private var instance: String { self.arguments.text(BackupInputs.instance) ?? "" }
    private var account: String { self.arguments.text(BackupInputs.storageAccount) ?? "" }
    private var instanceGroup: String { self.arguments.text(BackupInputs.instanceGroup) ?? self.resourceGroup }
    private var accountGroup: String { self.arguments.text(BackupInputs.storageGroup) ?? self.resourceGroup }

    /// The page, in Markdown.
    var page: [String] {
        let job = self.host == .logicApp ? "a Logic App" : "a Container Apps job"
        let rows = self.permissions.map { permission in
            "| \(Self.words(permission.holder)) | \(permission.role.rawValue) | \(self.words(permission.place)) "
                + "| \(permission.reason) |"
        }
        return [
            "# Permissions for \(self.isInventoryOnly ? "inventories" : "backups") of \(self.instance) by \(job)", "",
            "| who | role | on | why |",
            "|---|---|---|---|",
        ] + rows + self.own + [
            "",
            "Whoever deploys needs Contributor on the resource group \(self.resourceGroup) and, unless another team "
                + "grants the roles above (assign_roles=false), the right to assign roles on what they are on.",
            "", "The same for Azure's CLI:", "", "```sh",
        ] + self.commands + ["```"]
    }

    /// What the roles that are ours allow.
    private var own: [String] {
        let roles = self.permissions.map(\.role).filter { $0.builtInID == nil }
        guard !roles.isEmpty else { return [] }
        return ["", "Roles that are not Azure's own, and all that they allow:", ""]
            + roles.map { role in
                "* \(role.rawValue): \((role.actions + role.dataActions).map { "`\($0)`" }.joined(separator: ", "))"
            }
    }

    /// The commands, as a script for a POSIX shell that ends at the first one that fails, and may be run again.
    var commands: [String] {
        let definitions = self.permissions.filter { $0.role.builtInID == nil }.map(self.definition)
        let patience =
            definitions.isEmpty
            ? [] : ["# A new role takes a while to be known: where an assignment does not find it, run this again."]
        return ["set -eu"] + self.selection + self.lookups + definitions + patience
            + self.permissions.map(self.assignment)
    }

    private var selection: [String] {
        self.subscription.map { ["az account set --subscription \($0)"] } ?? []
    }

    private var lookups: [String] {
        let instance = "az apim show --name \(self.instance) --resource-group \(ShellWord.quoted(self.instanceGroup))"
        let account =
            "az storage account show --name \(self.account) --resource-group \(ShellWord.quoted(self.accountGroup))"
        let identity = self.arguments.text(BackupInputs.accessIdentity).flatMap { $0.isEmpty ? nil : $0 }
        let byClient = self.writerClientID.map {
            "az identity list --query " + ShellWord.always("[?clientId=='\($0)'].principalId | [0]")
        }
        let writer = byClient ?? identity.map { "az identity show --ids \(ShellWord.quoted($0)) --query principalId" }
        let writes = self.permissions.contains { $0.holder == .apiManagement }
        return [
            "INSTANCE=$(\(instance) --query id --output tsv)", "ACCOUNT=$(\(account) --query id --output tsv)",
            writes ? "API_MANAGEMENT=$(\(writer ?? "\(instance) --query identity.principalId") --output tsv)" : nil,
            "JOB=\(self.principal ?? "$(\(self.lookup) --output tsv)")",
            writes ? ": \"${API_MANAGEMENT:?the instance \(self.instance) has no identity yet}\"" : nil,
            ": \"${JOB:?the job is not deployed yet}\"",
        ].compactMap(\.self)
    }

    /// How the job's identity is found: its names are the template's.
    private var lookup: String {
        let group = ShellWord.quoted(self.resourceGroup)
        return switch self.host {
        case .logicApp:
            "az resource show --resource-group \(group) --resource-type Microsoft.Logic/workflows "
                + "--name \(LogicAppTemplate.workflowName(of: self.instance)) --query identity.principalId"
        case .containerAppJob:
            "az identity list --resource-group \(group) --query "
                + ShellWord.always("[?tags.\"apim-backup\"=='\(self.tag ?? self.instance)'].principalId | [0]")
        }
    }

    private func definition(_ permission: Permission) -> String {
        let role = permission.role
        func list(_ actions: [String]) -> String { actions.map { "\"\($0)\"" }.joined(separator: ", ") }
        // What it may be assigned in is the group of what it is assigned on, as in the template.
        let scope = permission.place == .instance ? "${INSTANCE%%/providers/*}" : "${ACCOUNT%%/providers/*}"
        // Azure's CLI would make a second one of the same name, or be refused.
        return "az role definition list --name \"\(self.name(of: role))\" --query '[].id' --output tsv | grep -q . "
            + "|| az role definition create --role-definition "
            + ShellWord.always(
                "{\"Name\": \"\(self.name(of: role))\", \"Description\": \"\(role.purpose ?? "")\", "
                    + "\"Actions\": [\(list(role.actions))], \"DataActions\": [\(list(role.dataActions))], "
                    + "\"AssignableScopes\": [\"SCOPE\"]}"
            ).replacing("SCOPE", with: "'\"\(scope)\"'")
    }

    private func assignment(_ permission: Permission) -> String {
        let holder = permission.holder == .job ? "$JOB" : "$API_MANAGEMENT"
        return "az role assignment create --assignee-object-id \"\(holder)\" "
            + "--assignee-principal-type ServicePrincipal --role \"\(self.name(of: permission.role))\" "
            + "--scope \"\(self.scope(of: permission.place))\""
    }

    /// A role's name is unique in a tenant, so that of ours holds the instance's.
    private func name(of role: Role) -> String {
        role.builtInID == nil ? "\(role.rawValue) \(self.instance)" : role.rawValue
    }

    private func scope(of place: Permission.Place) -> String {
        switch place {
        case .instance: "$INSTANCE"
        case .account: "$ACCOUNT"
        case .backups: "$ACCOUNT/blobServices/default/containers/\(self.container(BackupInputs.container))"
        case .catalog: "$ACCOUNT/blobServices/default/containers/\(self.container(JobInputs.catalogContainer))"
        }
    }

    private func container(_ parameter: TemplateParameter) -> String { self.arguments.text(parameter) ?? "" }

    private static func words(_ holder: Permission.Holder) -> String {
        holder == .job ? "the job" : "API Management"
    }

    private func words(_ place: Permission.Place) -> String {
        switch place {
        case .instance: "the instance \(self.instance)"
        case .account: "the storage account \(self.account)"
        case .backups: "the container \(self.container(BackupInputs.container)) of \(self.account)"
        case .catalog: "the container \(self.container(JobInputs.catalogContainer)) of \(self.account)"
        }
    }
}
