import ArgumentParser
import BackupDomain
import Deployment
import Settings

/// What is deployed, for which instance, and where: the inputs of the templates as options.
struct DeploymentOptions: ParsableArguments, SettingOptions {
    @Option(help: "What runs the backups: logic-app, or container-app-job for our own program.")
    var host: DeploymentHost

    @Option(
        help: ArgumentHelp(
            "The name of the API Management instance.",
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
    /// - Parameter needed: The inputs that must have been given.
    /// - Returns: The values.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    func arguments(needing needed: [TemplateParameter]) throws(BackupError) -> TemplateArguments {
        var (arguments, problems) = TemplateArguments.read(try self.given(), for: self.host.template)
        problems += arguments.missing.filter(needed.contains).map { parameter in
            "\(Self.option(parameter)) is missing: \(parameter.description)"
        }
        problems += Self.nameProblems(arguments) + Self.formProblems(arguments)
        problems += self.groupProblems
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

    private var groupProblems: [String] {
        guard let group = self.resourceGroup, !ResourceID.isValidGroupName(group) else { return [] }
        return ["--resource-group: '\(group)' cannot name a group: \(ResourceID.groupNameRule)."]
    }

    var flags: [SettingFlag?] {
        [SettingFlag("storage.account", "--backup-storage-account-name", self.backupStorageAccountName)]
    }

    private func given() throws(BackupError) -> [TemplateArguments.Given] {
        let options: [(TemplateParameter, String?)] = [
            (BackupInputs.instance, self.apimName), (BackupInputs.storageAccount, self.backupStorageAccountName),
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

    private static func nameProblems(_ arguments: TemplateArguments) -> [String] {
        let rules: [(TemplateParameter, String, (String) -> Bool)] = [
            (BackupInputs.instance, Instance.nameRule, Instance.isValidName),
            (BackupInputs.storageAccount, "3 to 24 lower-case letters and digits", StorageAccount.isValidName),
            (BackupInputs.instanceGroup, ResourceID.groupNameRule, ResourceID.isValidGroupName),
            (BackupInputs.storageGroup, ResourceID.groupNameRule, ResourceID.isValidGroupName),
            (BackupInputs.container, Self.containerRule, StorageAccount.isValidContainerName),
            (JobInputs.catalogContainer, Self.containerRule, StorageAccount.isValidContainerName),
        ]
        let problems = rules.compactMap { parameter, rule, isValid -> String? in
            guard let text = arguments.text(parameter), !isValid(text) else { return nil }
            return "\(parameter.name): Azure has no such name as '\(text)': it takes \(rule)."
        }
        guard let template = arguments.text(BackupInputs.backupName) else { return problems }
        do throws(BackupError) {
            _ = try BackupNameTemplate(template)
            return problems
        } catch {
            return problems + ["\(BackupInputs.backupName.name): \(error.message)"]
        }
    }

    /// What only Azure's mail or a half-made deployment would show.
    private static func formProblems(_ arguments: TemplateArguments) -> [String] {
        let ids = [BackupInputs.accessIdentity, JobInputs.environment, JobInputs.subnet]
        var problems = ids.compactMap { parameter -> String? in
            guard let text = arguments.text(parameter), !text.isEmpty, ResourceID(text) == nil else { return nil }
            return "\(parameter.name): '\(text)' is no resource id: it begins with /subscriptions/."
        }
        if let address = arguments.text(BackupInputs.alertEmail), !address.isEmpty,
            address.wholeMatch(of: /[^@\s]+@[^@\s]+/) == nil
        {
            problems.append("\(BackupInputs.alertEmail.name): '\(address)' is no e-mail address.")
        }
        return problems
    }

    private static let containerRule = "3 to 63 lower-case letters, digits and single hyphens, none first or last"
}
