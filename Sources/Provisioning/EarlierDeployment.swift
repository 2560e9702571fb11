package import BackupDomain
import Deployment

/// A deployment of ours as Azure keeps it.
package struct EarlierDeployment: Sendable {
    /// How it stands or ended: `Running`, `Succeeded`, `Failed` and others.
    package var state: String
    /// What it was given.
    package var parameters: [String: JSONValue]
    /// The ids of the resources that it made or found as wanted.
    package var resources: [String]
    /// Its outputs.
    package var outputs: [String: String]
    /// Why it failed, where it did.
    package var error: JSONValue?

    /// Reads a deployment.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/resources/deployments/get>
    ///
    /// - Parameter document: The answer to a GET.
    package init(_ document: JSONValue) {
        let properties = document["properties"]
        self.state = properties?["provisioningState"]?.string ?? ""
        self.parameters = (properties?["parameters"]?.object ?? [:]).compactMapValues { $0["value"] }
        self.resources = (properties?["outputResources"]?.array ?? []).compactMap { $0["id"]?.string }
        self.outputs = (properties?["outputs"]?.object ?? [:]).compactMapValues { $0["value"]?.string }
        self.error = properties?["error"]
    }

    /// Whether it is over.
    package var hasEnded: Bool { ["succeeded", "failed", "canceled"].contains(self.state.lowercased()) }

    /// Whether all went well.
    package var succeeded: Bool { self.state.lowercased() == "succeeded" }

    /// Whether a host is the one that was deployed; nil where the deployment did not come so far as to say.
    func isOf(_ host: DeploymentHost) -> Bool? {
        let (isJob, isLogicApp) = (self.outputs["jobId"] != nil, self.outputs["workflowId"] != nil)
        guard isJob || isLogicApp else { return nil }
        return host == .containerAppJob ? isJob : isLogicApp
    }

    /// The object id of a host's identity; nil where that is still to be made.
    func principal(of host: DeploymentHost) -> String? {
        self.isOf(host) == true ? self.outputs["principalId"] : nil
    }

    /// The object id of the identity of another host, whose place a host takes; nil where it takes nobody's.
    func principal(ofOtherThan host: DeploymentHost) -> String? {
        self.isOf(host) == false ? self.outputs["principalId"] : nil
    }

    /// Adds what else was made.
    mutating func add(_ more: [String]) {
        let known = Set(self.resources.map { $0.lowercased() })
        self.resources += Set(more).filter { !known.contains($0.lowercased()) }.sorted()
    }

    /// Reads the deployment of a place as Azure's record has it.
    ///
    /// - Parameters:
    ///   - place: The place.
    ///   - resources: Azure Resource Manager.
    /// - Returns: The deployment; nil where there is none.
    /// - Throws: ``BackupDomain/BackupError``
    package static func read(
        _ place: DeploymentPlace,
        by resources: any ResourcePlane
    ) async throws -> EarlierDeployment? {
        try await Self.read(place.deployment, by: resources)
    }

    /// Reads a deployment by its id.
    static func read(_ id: String, by resources: any ResourcePlane) async throws -> EarlierDeployment? {
        let answer = try await resources.send(.get, id, apiVersion: ResourceTypes.deployments.apiVersion, body: nil)
        if answer.status == 404 { return nil }
        guard answer.status == 200, let document = answer.document else {
            throw answer.refusal("reading \(ShortID.title(of: id))")
        }
        return EarlierDeployment(document)
    }
}
