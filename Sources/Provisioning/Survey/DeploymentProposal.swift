package import BackupDomain
package import Deployment

/// What would be deployed, after all that can be known before has been looked at.
package struct DeploymentProposal: Sendable {
    /// What runs the backups.
    package var host: DeploymentHost
    /// Where it is deployed.
    package var place: DeploymentPlace
    /// The instance as it is.
    package var instance: Instance
    /// The storage account's id.
    package var account: ResourceID
    /// The values for the template, with those that follow from what was found.
    package var arguments: TemplateArguments
    /// Whether the instance's system-assigned identity must be enabled first.
    package var enablesIdentity: Bool
    /// What a person should know and that stands in nobody's way.
    package var notes: [String]
    /// The deployment that is there already.
    package var earlier: EarlierDeployment?

    /// The body of a deployment, of its validation and of its what-if.
    var body: JSONValue {
        get throws {
            let text = TemplateValue.object([
                .init(
                    "properties",
                    [
                        "mode": "Incremental", "template": self.host.template.value,
                        "parameters": self.arguments.value,
                    ]
                )
            ])
            return try JSONValue.parsed(text)
        }
    }
}
