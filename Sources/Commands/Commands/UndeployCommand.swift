import ArgumentParser
import BackupDomain
import BackupEngine
import Provisioning
import Settings

/// `apim-backup undeploy`: takes away what `deploy` made, and no backup.
struct UndeployCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "undeploy",
        abstract: "Take away what deploy made for an instance: the job, its identity, roles and alerts, and no backup.",
        discussion: """
            The containers stay, with the backups and records in them; so do roles and resources that somebody else made.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The name of the API Management instance.",
            discussion: "Without it the job is meant that serves all instances of a settings file."
        ),
        transform: GivenName.read
    )
    var apimName: String?

    @Option(help: "The resource group that the job was deployed into. (default: that of the instance)")
    var resourceGroup: String?

    @OptionGroup var azure: AzureOptions

    @Flag(name: .shortAndLong, help: "Ask nothing.")
    var yes = false

    @Flag(help: "Show what would be taken away, and take nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if self.apimName == nil, self.resourceGroup == nil {
            throw ValidationError(
                "--apim-name is missing; for the job that serves all instances of a settings file name its --resource-group."
            )
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure)
        return try await AzureConnection.with(settings, context: context) { connection in
            try await context.stop.cancelling {
                let work = DeploymentWork(connection: connection, context: context, output: self.output)
                return try await self.remove(work)
            }
        }
    }

    private func remove(_ work: DeploymentWork) async throws -> ExitStatus {
        let (place, deployment) =
            if let name = self.apimName {
                try await work.deployed(name, in: self.resourceGroup)
            } else {
                try await work.deployedFleet(in: self.resourceGroup ?? "")
            }
        let removal = DeploymentRemoval(resources: work.plane, clock: work.clock)
        let resources = removal.resources(of: deployment)
        work.printer.show(removing: resources, keeping: removal.kept(of: deployment), place)
        guard !self.dryRun else { return .success }
        guard try await work.isWanted("Take these away?", yes: self.yes) else { return .refused }
        for resource in resources {
            try await removal.remove(resource)
            work.printer.note(removed: resource)
        }
        try await removal.forget(place)
        work.printer.tell(removed: resources, place)
        return .success
    }
}
