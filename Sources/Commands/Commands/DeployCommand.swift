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

            Without --apim-name one Container Apps job serves all instances of the settings file: apim-backup deploy --host \
            container-app-job --settings apim-backup.yaml --resource-group GROUP --image IMAGE. The file travels as a \
            secret of the job; where it has changed, deploy again.
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
        let timeout = TimeoutOption(timeout: self.timeout)
        let (settings, order) =
            try self.deployment.apimName == nil
            ? self.fleetOrder(context, timeout) : self.instanceOrder(context, timeout)
        return try await AzureConnection.with(settings, context: context) { connection in
            try await context.stop.cancelling {
                try await self.deploy(
                    order,
                    DeploymentWork(connection: connection, context: context, output: self.output)
                )
            }
        }
    }

    private func instanceOrder(
        _ context: CommandContext,
        _ timeout: TimeoutOption
    ) throws(BackupError) -> (ProgramSettings, DeploymentOrder) {
        let needed = self.deployment.host.template.parameters.filter(\.isRequired)
        let arguments = try self.deployment.arguments(needing: needed, zones: context.zones, now: context.clock.now)
        let settings = try context.settings(self.azure, self.deployment, timeout)
        var wanted = try WantedInstance(arguments, self.deployment.host, subscription: settings.backup.subscription)
        if let id = self.deployment.instanceID { wanted.reference = id.text }
        let order = DeploymentOrder(
            host: self.deployment.host,
            instances: [wanted],
            settings: nil,
            arguments: arguments,
            resourceGroup: self.deployment.resourceGroup,
            apiVersion: settings.apiVersion
        )
        return (settings, order)
    }

    private func fleetOrder(
        _ context: CommandContext,
        _ timeout: TimeoutOption
    ) throws(BackupError) -> (ProgramSettings, DeploymentOrder) {
        let settings = try context.scheduledSettings(self.azure, timeout.flags)
        let fleet = FleetOptions(
            options: self.deployment,
            settings: settings,
            context: context,
            file: self.azure.settings
        )
        return (settings, try fleet.order())
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
        try await work.takeAway(forecast.superseded.dropped)
        try await work.enableIdentities(&proposal)
        let made = try await work.deploy(proposal, replacing: forecast.superseded.replaced)
        guard !self.noFirstBackup, let host = work.host(of: made) else {
            work.printer.tell(proposal, made, nil, changed: true)
            return .success
        }
        let places = proposal.instances.filter { !$0.isInventoryOnly }.map(BackupPlace.init)
        let backup = try await work.backUp(on: host, into: places, rolesAreNew: true)
        work.printer.tell(proposal, made, backup, changed: true)
        return try work.conclude(backup, by: host, allowsUnverified: self.allowUnverified)
    }
}
