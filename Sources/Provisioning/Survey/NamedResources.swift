import BackupDomain
import Deployment

/// Looks at what inputs name by resource id and the job cannot be made without.
struct NamedResources {
    private static let named: [(parameter: TemplateParameter, type: ResourceTypes)] = [
        (JobInputs.environment, .environments), (JobInputs.registryIdentity, .identities),
    ]

    let resources: any ResourcePlane

    /// Looks for what is missing; who may not look finds out by the deployment.
    ///
    /// Source: <https://learn.microsoft.com/azure/container-apps/jobs> (a job is in its environment's region)
    ///
    /// - Parameters:
    ///   - arguments: The template's values.
    ///   - region: The region of what is deployed, in either of Azure's forms.
    /// - Returns: What is missing, each with what mends it.
    /// - Throws: ``BackupDomain/BackupError``
    func problems(_ arguments: TemplateArguments, in region: String) async throws -> [BackupError] {
        var problems: [BackupError] = []
        for (parameter, type) in Self.named {
            guard let id = arguments.text(parameter), !id.isEmpty else { continue }
            let answer = try await self.resources.send(.get, id, apiVersion: type.apiVersion, body: nil)
            if answer.status == 404 {
                problems.append(
                    BackupError(
                        .deploymentRefused,
                        "There is no \(ShortID.title(of: id)), which \(parameter.name) names.",
                        remedy: "Check the id: \(id).",
                        azure: answer.fault
                    )
                )
            }
            guard type == .environments, let place = answer.document?["location"]?.string,
                HostRequirements.short(place) != HostRequirements.short(region)
            else { continue }
            problems.append(
                BackupError(
                    .deploymentRefused,
                    "The environment \(ShortID.title(of: id)) is in \(place), and the job would be in \(region).",
                    remedy: "Deploy into the environment's region: --location \(HostRequirements.short(place))."
                )
            )
        }
        return problems
    }
}
