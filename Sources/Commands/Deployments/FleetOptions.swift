import BackupDomain
import Deployment
import Provisioning
import Settings

/// What `deploy` is told by a settings file: one job for all instances that it lists.
struct FleetOptions {
    let options: DeploymentOptions
    let settings: ProgramSettings
    let context: CommandContext
    /// What `--settings` names.
    let file: String?

    /// What is wanted.
    ///
    /// - Returns: The order.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    func order() throws(BackupError) -> DeploymentOrder {
        let travelling = TravellingVariables(self.settings, self.context.environment)
        let problems = self.problems + travelling.problems
        guard problems.isEmpty else { throw BackupError(.invalidInput, problems.joined(separator: "\n")) }
        let arguments = try self.options.fleetArguments()
        let alarm = MissedAlarm(arguments: arguments, zones: self.context.zones, now: self.context.clock.now)
        let seldom = self.settings.instances.compactMap { listed in
            alarm.problem(of: listed.backup.schedule.schedule, "the schedule of \(listed.instanceName)")
        }
        guard seldom.isEmpty else { throw BackupError(.invalidInput, seldom.joined(separator: "\n")) }
        var instances: [WantedInstance] = []
        for listed in self.settings.instances { instances.append(try WantedInstance(listed)) }
        return DeploymentOrder(
            host: self.options.host,
            instances: instances,
            settings: TravellingSettings(
                file: try self.text(),
                variables: travelling.plain,
                secrets: travelling.secret
            ),
            arguments: arguments,
            resourceGroup: self.options.resourceGroup,
            apiVersion: self.settings.apiVersion
        )
    }

    private var problems: [String] {
        var problems: [String] = []
        if self.settings.instances.isEmpty {
            problems.append(
                "--apim-name is missing, and the settings list no instance: name one, or list several under 'instances' in the "
                    + "settings file."
            )
        }
        if self.options.host != .containerAppJob {
            problems.append(
                "--host \(self.options.host.rawValue) backs up one instance: name it with --apim-name, or take container-app-job "
                    + "for all instances of the settings."
            )
        }
        if self.options.resourceGroup == nil {
            problems.append("--resource-group is missing: the group that the job for all instances is deployed into.")
        }
        if self.options.backupStorageAccountName != nil {
            problems.append("--backup-storage-account-name goes with --apim-name: the settings name the accounts.")
        }
        return problems
    }

    /// The settings file as it stands; one that says nothing where variables say all.
    private func text() throws(BackupError) -> String {
        let variables = self.context.environment
        guard let file = try self.context.files.settingsFile(named: self.file, variables: variables) else {
            return "version: \(ProgramSettings.currentVersion)\n"
        }
        return String(decoding: file.content, as: UTF8.self)
    }
}
