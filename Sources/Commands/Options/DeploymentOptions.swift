import ArgumentParser
import BackupDomain
import Deployment
import FoundationEssentials
import Settings

/// What is deployed, for which instance, and where: the inputs of the templates as options.
struct DeploymentOptions: ParsableArguments, SettingOptions {
    @Option(help: "What runs the backups: logic-app, or container-app-job for our own program.")
    var host: DeploymentHost

    @Option(
        help: ArgumentHelp(
            "The name of the API Management instance, or its resource id.",
            discussion: "Without it one job serves all instances of the settings file, with container-app-job."
        )
    )
    var apimName: String?

    @Option(help: "The name of the storage account that backups go into.")
    var backupStorageAccountName: String?

    @Option(help: "The resource group that the job is deployed into. (default: that of the instance)")
    var resourceGroup: String?

    @Option(help: "The region of what is deployed. (default: that of the resource group)")
    var location: String?

    @Option(help: "The image of apim-backup, for container-app-job.")
    var image: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "A further input of the template, such as least_privilege=true; may be repeated.",
            discussion: "apim-backup template --host HOST shows all of them.",
            valueName: "input=value"
        )
    )
    var inputs: [String] = []

    /// The values for the template, checked by its own rules and by Azure's for names.
    ///
    /// - Parameters:
    ///   - needed: The inputs that must have been given.
    ///   - zones: The time zones that there are.
    ///   - now: The present instant.
    /// - Returns: The values.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    func arguments(
        needing needed: [TemplateParameter],
        zones: any TimeZoneDatabase,
        now: Date
    ) throws(BackupError) -> TemplateArguments {
        let given = try self.given()
        var (arguments, problems) = TemplateArguments.read(given, for: self.host.template)
        problems += arguments.missing.filter { parameter in
            needed.contains(parameter) && !given.contains { $0.name == parameter.name }
        }.map { "\(Self.option($0)) is missing: \($0.description)" }
        problems += self.instanceProblems + Self.nameProblems(arguments) + Self.formProblems(arguments)
        problems += self.groupProblems + self.scheduleProblems(arguments, zones, now)
        guard problems.isEmpty else { throw BackupError(.invalidInput, problems.joined(separator: "\n")) }
        return arguments
    }

    /// The values for the template of a job for all instances of the settings.
    ///
    /// - Parameter needsAll: Whether the inputs must have been given that have no default.
    /// - Returns: The values.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    func fleetArguments(needsAll: Bool = true) throws(BackupError) -> TemplateArguments {
        let template = TemplateDocument(parameters: FleetInputs.all, resources: [])
        var (arguments, problems) = TemplateArguments.read(try self.given(), for: template)
        problems += needsAll ? arguments.missing.map { "\(Self.option($0)) is missing: \($0.description)" } : []
        problems += self.groupProblems + Self.formProblems(arguments)
        guard problems.isEmpty else { throw BackupError(.invalidInput, problems.joined(separator: "\n")) }
        return arguments
    }

    /// The instance, where it was named by its resource id.
    var instanceID: ResourceID? {
        self.apimName.flatMap(ResourceID.init).flatMap { $0.isInstance ? $0 : nil }
    }

    var flags: [SettingFlag?] {
        [SettingFlag("storage.account", "--backup-storage-account-name", self.backupStorageAccountName)]
    }

    private func given() throws(BackupError) -> [TemplateArguments.Given] {
        let options: [(TemplateParameter, String?)] = [
            (BackupInputs.instance, self.instanceID?.name ?? self.apimName),
            (BackupInputs.instanceGroup, self.instanceID?.resourceGroup),
            (BackupInputs.storageAccount, self.backupStorageAccountName),
            (BackupInputs.location, self.location), (JobInputs.image, self.image),
        ]
        var given = options.compactMap { parameter, text in
            text.map { TemplateArguments.Given(parameter.name, $0, from: Self.option(parameter)) }
        }
        for input in self.inputs {
            guard let index = input.firstIndex(of: "=") else {
                throw BackupError(.invalidInput, "--set \(input): it takes the form INPUT=VALUE.")
            }
            let name = String(input[..<index])
            given.append(.init(name, String(input[input.index(after: index)...]), from: "--set \(name)"))
        }
        return given
    }

    private static func option(_ parameter: TemplateParameter) -> String {
        "--\(parameter.name.replacing("_", with: "-"))"
    }
}
