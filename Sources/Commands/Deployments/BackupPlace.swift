import BackupDomain
import Deployment
import Provisioning

/// Where the backups of a deployed host are, and how they are named.
struct BackupPlace: Sendable {
    let instance: String
    let subscription: String
    let account: String
    let container: String
    let template: BackupNameTemplate

    /// Reads the place from what was deployed.
    init(_ proposal: DeploymentProposal) throws(BackupError) {
        let arguments = proposal.arguments
        self.instance = proposal.instance.id.name
        self.subscription = proposal.account.subscription
        self.account = proposal.account.name
        self.container = arguments.text(BackupInputs.container) ?? ""
        self.template = try BackupNameTemplate(arguments.text(BackupInputs.backupName) ?? "")
    }

    /// Reads the place from a deployment as Azure keeps it, with all values that the template was given.
    init(_ place: DeploymentPlace, _ deployment: EarlierDeployment) throws(BackupError) {
        func text(_ parameter: TemplateParameter) throws(BackupError) -> String {
            if let text = deployment.parameters[parameter.name]?.string { return text }
            throw BackupError(
                .malformedAnswer,
                "Azure's record of the deployment \(place.name) does not say its \(parameter.name).",
                remedy: "Deploy again: it changes nothing that is there."
            )
        }
        self.instance = place.instance
        self.subscription = place.subscription
        self.account = try text(BackupInputs.storageAccount)
        self.container = try text(BackupInputs.container)
        self.template = try BackupNameTemplate(try text(BackupInputs.backupName))
    }
}
