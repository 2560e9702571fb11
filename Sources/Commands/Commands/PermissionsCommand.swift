import ArgumentParser
import BackupDomain
import Deployment
import Foundation
import Settings

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

    @Option(
        help: ArgumentHelp(
            "The settings file, without --apim-name; apim-backup.yaml here or in /etc/apim-backup by default.",
            valueName: "file"
        )
    )
    var settings: String?

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
        let sheets = try self.deployment.apimName == nil ? self.fleet(context) : [self.instance(context)]
        let parts = sheets.map { self.format == .markdown ? $0.page : $0.commands }
        context.terminal.print(parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"))
        return .success
    }

    private func instance(_ context: CommandContext) throws(BackupError) -> PermissionSheet {
        let needed = [BackupInputs.instance, BackupInputs.storageAccount]
        return PermissionSheet(
            host: self.deployment.host,
            arguments: try self.deployment.arguments(needing: needed, zones: context.zones, now: context.clock.now),
            resourceGroup: self.deployment.resourceGroup ?? "",
            subscription: self.subscription ?? self.deployment.instanceID?.subscription,
            principal: self.principal
        )
    }

    private func fleet(_ context: CommandContext) throws(BackupError) -> [PermissionSheet] {
        let file = try context.files.settingsFile(named: self.settings, variables: context.environment)
        let settings = try ProgramSettings.resolve(file: file, variables: context.environment, flags: []).checked()
        guard !settings.instances.isEmpty, self.deployment.host == .containerAppJob else {
            throw BackupError(
                .invalidInput,
                "--apim-name is missing; only container-app-job serves all instances of the settings, which list "
                    + "\(settings.instances.count)."
            )
        }
        let arguments = try self.deployment.fleetArguments(needsAll: false)
        var sheets: [PermissionSheet] = []
        for listed in settings.instances {
            sheets.append(
                try PermissionSheet(
                    listed,
                    arguments,
                    self.deployment,
                    subscription: self.subscription,
                    principal: self.principal
                )
            )
        }
        return sheets
    }
}
