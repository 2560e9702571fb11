import BackupDomain
import Deployment
import Provisioning

/// Where the backups of an instance are that a deployed host makes, and how they are named.
struct BackupPlace: Sendable {
    let instance: String
    let subscription: String?
    let account: String
    let container: String
    let template: BackupNameTemplate

    /// The place of an instance that was looked at.
    init(_ found: ProtectedInstance) {
        self.instance = found.instance.id.name
        self.subscription = found.account.subscription
        self.account = found.account.name
        self.container = found.container
        self.template = found.backupName
    }

    /// The place of an instance that the settings list.
    init(_ wanted: WantedInstance) {
        self.instance = ResourceID(wanted.reference)?.name ?? wanted.reference
        self.subscription = wanted.subscription
        self.account = wanted.account
        self.container = wanted.container
        self.template = wanted.backupName
    }

    /// Reads the place from a deployment as Azure keeps it, with all values that the template was given.
    init(_ instance: String, _ place: DeploymentPlace, _ deployment: EarlierDeployment) throws(BackupError) {
        func text(_ parameter: TemplateParameter) throws(BackupError) -> String {
            if let text = deployment.parameters[parameter.name]?.string { return text }
            throw BackupError(
                .malformedAnswer,
                "Azure's record of the deployment \(place.name) does not say its \(parameter.name).",
                remedy: "Deploy again: it changes nothing that is there."
            )
        }
        self.instance = instance
        self.subscription = place.subscription
        self.account = try text(BackupInputs.storageAccount)
        self.container = try text(BackupInputs.container)
        self.template = try BackupNameTemplate(try text(BackupInputs.backupName))
    }
}
