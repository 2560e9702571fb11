import Deployment

/// The settings that a job for many instances finds in Azure: the file as a mounted secret, variables as variables.
package struct TravellingSettings: Sendable {
    /// The text of the settings file.
    package var file: String
    /// Variables that are no secrets.
    package var variables: [String: String]
    /// Variables that are.
    package var secrets: [String: String]

    /// Creates a value.
    package init(file: String, variables: [String: String], secrets: [String: String]) {
        self.file = file
        self.variables = variables
        self.secrets = secrets
    }

    /// The job's secrets, by the names that they have there.
    var jobSecrets: [String: String] {
        Dictionary(uniqueKeysWithValues: self.secrets.map { (JobSecret.name(of: $0.key), $0.value) })
            .merging([JobSecret.settings: self.file]) { first, _ in first }
    }

    /// The secrets as values for the template's inputs.
    var members: [TemplateValue.Member] {
        let secrets = self.secrets.sorted { $0.key < $1.key }.map { name, value in
            TemplateValue.Member(FleetInputs.secret(name).name, ["value": .text(value)])
        }
        return [.init(FleetInputs.settings.name, ["value": .text(self.file)])] + secrets
    }
}
