import BackupDomain
package import Deployment

/// What would be deployed, after all that can be known before has been looked at.
package struct DeploymentProposal: Sendable {
    /// What runs the backups.
    package var host: DeploymentHost
    /// Where it is deployed.
    package var place: DeploymentPlace
    /// The instances, at least one.
    package var instances: [ProtectedInstance]
    /// The settings that travel with a job for many instances.
    package var settings: TravellingSettings?
    /// The values for the template, with those that follow from what was found.
    package var arguments: TemplateArguments
    /// What a person should know and that stands in nobody's way.
    package var notes: [String]
    /// The deployment that is there already.
    package var earlier: EarlierDeployment?

    /// The template.
    package var template: TemplateDocument {
        guard let settings = self.settings else { return self.host.template }
        return FleetTemplate(
            members: self.instances.map(\.member),
            variables: settings.variables,
            secretVariables: settings.secrets.keys.sorted()
        ).document
    }

    /// The body of a deployment, of its validation and of its what-if.
    var body: JSONValue {
        get throws {
            let parameters = self.arguments.value.adding(self.settings?.members ?? [])
            let text = TemplateValue.object([
                .init(
                    "properties",
                    ["mode": "Incremental", "template": self.template.value, "parameters": parameters]
                )
            ])
            return try JSONValue.parsed(text)
        }
    }
}
