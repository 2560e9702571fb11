import ArgumentParser
import BackupDomain
import BackupEngine
import Provisioning
import Settings

/// `apim-backup run --remote`: has the deployed job or Logic App make the backup.
extension RunCommand {
    /// Refuses what the host decides by itself.
    func validateRemote() throws {
        guard self.all || self.instances.count == 1 else {
            throw ValidationError("--remote takes one instance, or --all for the job that serves all of the settings.")
        }
        if self.all, self.deploymentGroup == nil {
            throw ValidationError("--remote --all takes --deployment-group: the resource group of the job.")
        }
        if self.due || self.noWait { throw ValidationError("--remote excludes --due and --no-wait.") }
    }

    /// Starts the host and follows it to its end.
    func runRemotely(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, TimeoutOption(timeout: self.timeout))
        return try await AzureConnection.with(settings, context: context) { connection in
            try await context.stop.cancelling {
                let work = DeploymentWork(connection: connection, context: context, output: self.output)
                let (place, deployment) = try await self.deployed(work)
                guard let host = work.host(of: deployment) else {
                    throw BackupError(
                        .notFound,
                        "The deployment \(place.name) has no job: it ended as \(deployment.state).",
                        remedy: "Deploy again: it goes on from what is there."
                    )
                }
                let backup = try await work.backUp(
                    on: host,
                    into: try self.places(place, deployment, settings),
                    rolesAreNew: false
                )
                work.printer.tell(backup, by: host, of: place)
                return try work.conclude(backup, by: host, allowsUnverified: self.allowUnverified)
            }
        }
    }

    private func deployed(_ work: DeploymentWork) async throws -> (DeploymentPlace, EarlierDeployment) {
        guard self.all, let group = self.deploymentGroup else {
            return try await work.deployed(self.instances[0], in: self.deploymentGroup)
        }
        return try await work.deployedFleet(in: group)
    }

    private func places(
        _ place: DeploymentPlace,
        _ deployment: EarlierDeployment,
        _ settings: ProgramSettings
    ) throws -> [BackupPlace] {
        if let instance = place.instance { return [try BackupPlace(instance, place, deployment)] }
        return try settings.instances.filter { !$0.backup.inventoryOnly }.map { BackupPlace(try WantedInstance($0)) }
    }
}
