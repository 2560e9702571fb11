import ArgumentParser
import BackupDomain
import BackupEngine
import Deployment
import Provisioning
import Settings

/// `apim-backup deploy`: sets nightly backups up, and makes the first one.
struct DeployCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Set up nightly backups of an instance in Azure, and make the first one.",
        discussion: """
            Checks everything first, shows what would be changed and asks, enables the instance's identity where it is off, \
            deploys the template, starts a first backup in the host under the host's own identity, follows it, and looks for \
            its blob itself: it is verified where that is there, not empty, and newer than the start. Run again, it changes only what differs; after a failure it goes on from what is there.
            """
    )

    @OptionGroup var deployment: DeploymentOptions
    @OptionGroup var azure: AzureOptions

    @Flag(name: .shortAndLong, help: "Ask nothing.")
    var yes = false

    @Flag(help: "Show what would be changed, and change nothing.")
    var dryRun = false

    @Flag(help: "Make no first backup; the next night does.")
    var noFirstBackup = false

    @Option(help: "How long to follow the first backup: a number with s, m, h or d. (default: 12h)")
    var timeout: String?

    @Flag(help: "Exit with 0 when the host says done but the blob may not be looked at from here.")
    var allowUnverified = false

    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let needed = self.deployment.host.template.parameters.filter(\.isRequired)
        let arguments = try self.deployment.arguments(needing: needed)
        let settings = try context.settings(self.azure, self.deployment, TimeoutOption(timeout: self.timeout))
        return try await AzureConnection.with(settings, context: context) { connection in
            let order = DeploymentOrder(
                host: self.deployment.host,
                arguments: arguments,
                subscription: settings.backup.subscription,
                resourceGroup: self.deployment.resourceGroup,
                apiVersion: settings.apiVersion
            )
            return try await context.stop.cancelling {
                try await self.deploy(
                    order,
                    DeploymentWork(connection: connection, context: context, output: self.output)
                )
            }
        }
    }

    private func deploy(_ order: DeploymentOrder, _ work: DeploymentWork) async throws -> ExitStatus {
        var proposal = try await work.survey.look(for: order)
        let forecast = try await DeploymentForecast.ask(proposal, work.plane, work.clock)
        work.printer.show(proposal, forecast)
        guard !self.dryRun else { return .success }
        guard !forecast.changesNothing else {
            work.printer.tell(proposal, nil, nil, changed: false)
            return .success
        }
        guard try await work.isWanted("Deploy?", yes: self.yes) else { return .refused }
        if proposal.enablesIdentity { try await work.enableIdentity(&proposal) }
        let made = try await work.rollout.deploy(proposal)
        guard !self.noFirstBackup, let host = work.host(of: made) else {
            work.printer.tell(proposal, made, nil, changed: true)
            return .success
        }
        let backup = try await work.backUp(on: host, into: try BackupPlace(proposal), rolesAreNew: true)
        work.printer.tell(proposal, made, backup, changed: true)
        return try work.conclude(backup, by: host, allowsUnverified: self.allowUnverified)
    }
}
