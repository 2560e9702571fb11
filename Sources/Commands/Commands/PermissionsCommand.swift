import ArgumentParser
import BackupDomain
import Deployment
import Foundation

/// `apim-backup permissions`: what another team is to grant.
struct PermissionsCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "permissions",
        abstract: "Print each role that backups need: who, which, on what and why, and the commands that grant it.",
        discussion: """
            From the same list as the templates, with the same inputs. Where another team grants the roles, deploy with \
            --set assign_roles=false.
            """
    )

    /// The forms of the list.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        /// A page for people, with the commands at its end.
        case markdown
        /// The commands alone, as a script for a POSIX shell.
        case az
    }

    @OptionGroup var deployment: DeploymentOptions

    @Option(help: "The subscription's id; that of Azure's CLI by default.")
    var subscription: String?

    @Option(help: "The object id of the job's identity; looked up by the commands by default.")
    var principal: String?

    @Option(help: "markdown, or az for the commands alone.")
    var format: Form = .markdown

    func validate() throws {
        if self.deployment.resourceGroup == nil { throw ValidationError("--resource-group is missing.") }
        for (option, id) in [("--subscription", self.subscription), ("--principal", self.principal)] {
            guard let id, UUID(uuidString: id) == nil else { continue }
            throw ValidationError("\(option): '\(id)' is not valid: it takes a GUID.")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let needed = [BackupInputs.instance, BackupInputs.storageAccount]
        let sheet = PermissionSheet(
            host: self.deployment.host,
            arguments: try self.deployment.arguments(needing: needed),
            resourceGroup: self.deployment.resourceGroup ?? "",
            subscription: self.subscription,
            principal: self.principal
        )
        context.terminal.print((self.format == .markdown ? sheet.page : sheet.commands).joined(separator: "\n"))
        return .success
    }
}
