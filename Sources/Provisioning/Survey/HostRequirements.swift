import BackupDomain
import Deployment

/// What a host needs of a subscription and of a region.
struct HostRequirements {
    let resources: any ResourcePlane

    /// Looks for what is missing.
    ///
    /// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types>
    ///
    /// - Parameters:
    ///   - host: What runs the backups.
    ///   - place: Where it is deployed.
    ///   - region: The region, in either of Azure's forms.
    /// - Returns: What is missing, each with what mends it.
    /// - Throws: ``BackupDomain/BackupError``
    func problems(_ host: DeploymentHost, _ place: DeploymentPlace, in region: String) async throws -> [BackupError] {
        var problems: [BackupError] = []
        for type in host.regionalTypes {
            let namespace = String(type.rawValue.prefix { $0 != "/" })
            let path = "/subscriptions/\(place.subscription)/providers/\(namespace)"
            let answer = try await self.resources.send(.get, path, apiVersion: "2021-04-01", body: nil)
            guard answer.status == 200, let document = answer.document else {
                problems.append(answer.refusal("reading whether \(namespace) can be used"))
                continue
            }
            if let state = document["registrationState"]?.string, state.lowercased() != "registered" {
                problems.append(
                    BackupError(
                        .deploymentRefused,
                        "The subscription \(place.subscription) does not use \(namespace) yet (\(state)).",
                        remedy: "Register it: az provider register --namespace \(namespace) --wait"
                    )
                )
            }
            let name = type.rawValue.dropFirst(namespace.count + 1)
            let entry = document["resourceTypes"]?.array?.first {
                $0["resourceType"]?.string?.lowercased() == name.lowercased()
            }
            let regions = (entry?["locations"]?.array ?? []).compactMap(\.string)
            guard !regions.isEmpty, !regions.map(Self.short).contains(Self.short(region)) else { continue }
            problems.append(
                BackupError(
                    .deploymentRefused,
                    "The region \(region) has no \(type.rawValue).",
                    remedy:
                        "Name another one with --location: \(regions.map(Self.short).sorted().joined(separator: ", "))."
                )
            )
        }
        return problems
    }

    /// A region as Azure's CLI writes it.
    static func short(_ region: String) -> String { region.lowercased().replacing(" ", with: "") }
}

extension DeploymentHost {
    /// The types whose regions decide where the host can run.
    fileprivate var regionalTypes: [ResourceTypes] {
        switch self {
        case .logicApp: [.workflows]
        case .containerAppJob: [.jobs]
        }
    }
}
