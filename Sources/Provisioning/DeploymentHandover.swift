package import BackupDomain
import Deployment

/// What earlier deployments of a place made, kept until the next one has gone well: where that fails half-way, Azure's record
/// of it names only what it came to itself.
///
/// It is a deployment of its own without resources, whose parameters hold the ids; it needs no right that deploying does not
/// need.
///
/// Source: <https://learn.microsoft.com/rest/api/resources/deployments/create-or-update>
package struct DeploymentHandover: Sendable {
    private static let (made, told) = ("resources", "outputs")

    private let resources: any ResourcePlane

    /// Creates a value.
    ///
    /// - Parameter resources: Azure Resource Manager.
    package init(resources: any ResourcePlane) { self.resources = resources }

    /// Reads a deployment with all that it and those before it made and have not handed over.
    ///
    /// - Parameter place: The place.
    /// - Returns: The deployment; nil where there is none.
    /// - Throws: ``BackupDomain/BackupError``
    package func deployment(at place: DeploymentPlace) async throws -> EarlierDeployment? {
        let kept = try await EarlierDeployment.read(place.handover, by: self.resources)
        guard var deployment = try await EarlierDeployment.read(place, by: self.resources) ?? kept else { return nil }
        if !deployment.succeeded {
            // Azure says in the operations only what a deployment made that failed.
            let operations = try await DeploymentOperations(resources: self.resources).all(of: place.deployment)
            deployment.add(operations.filter { $0.succeeded && !$0.isRead && !$0.isDeployment }.map(\.target))
        }
        guard let kept else { return deployment }
        deployment.add((kept.parameters[Self.made]?.array ?? []).compactMap(\.string))
        if deployment.outputs.isEmpty {
            deployment.outputs = (kept.parameters[Self.told]?.object ?? [:]).compactMapValues(\.string)
        }
        return deployment
    }

    /// Keeps what was made, before the next deployment takes its record's place.
    ///
    /// - Parameters:
    ///   - earlier: What was deployed, with all that it made.
    ///   - place: The place.
    /// - Throws: ``BackupDomain/BackupError``
    package func keep(_ earlier: EarlierDeployment, at place: DeploymentPlace) async throws {
        guard !earlier.resources.isEmpty else { return }
        let template: JSONValue = .object([
            "$schema": .string("https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"),
            "contentVersion": .string("1.0.0.0"),
            "parameters": .object([
                Self.made: .object(["type": .string("array")]), Self.told: .object(["type": .string("object")]),
            ]),
            "resources": .array([]),
        ])
        let parameters: JSONValue = .object([
            Self.made: .object(["value": .array(earlier.resources.map { .string($0) })]),
            Self.told: .object(["value": .object(earlier.outputs.mapValues { .string($0) })]),
        ])
        let body: JSONValue = .object([
            "properties": .object([
                "mode": .string("Incremental"), "template": template, "parameters": parameters,
            ])
        ])
        let version = ResourceTypes.deployments.apiVersion
        let answer = try await self.resources.send(.put, place.handover, apiVersion: version, body: body)
        guard answer.isSuccess else {
            throw answer.refusal("keeping what was deployed into \(place.resourceGroup) before")
        }
    }

    /// Lets go of what was kept; where the right to delete is missing it stays, and names what is gone or still wanted.
    ///
    /// - Parameter place: The place.
    /// - Throws: ``BackupDomain/BackupError``
    package func end(at place: DeploymentPlace) async throws {
        let version = ResourceTypes.deployments.apiVersion
        let answer = try await self.resources.send(.delete, place.handover, apiVersion: version, body: nil)
        guard answer.isSuccess || [403, 404].contains(answer.status) else {
            throw answer.refusal("deleting the deployment \(ShortID.title(of: place.handover))")
        }
    }
}
