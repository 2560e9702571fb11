import BackupDomain
import Deployment

/// Reads what became of each resource of a deployment, those of nested deployments too.
struct DeploymentOperations {
    /// How deep deployments are nested at most, of ours one level.
    private static let depth = 3

    let resources: any ResourcePlane

    /// Reads the operations.
    ///
    /// - Parameter deployment: The deployment's id.
    /// - Returns: The operations on resources, in the order in which they began; a nested deployment itself only where it
    ///   failed and no resource of it did.
    /// - Throws: ``BackupDomain/BackupError``
    func all(of deployment: String) async throws -> [DeploymentOperation] {
        try await self.all(of: deployment, depth: 0)
    }

    private func all(of deployment: String, depth: Int) async throws -> [DeploymentOperation] {
        let version = ResourceTypes.deployments.apiVersion
        let listed = try await self.resources.list("\(deployment)/operations", apiVersion: version, filter: nil)
        var all: [DeploymentOperation] = []
        // Azure lists the newest first.
        for operation in listed.reversed().compactMap(DeploymentOperation.init) {
            guard operation.isDeployment, depth < Self.depth else {
                all.append(operation)
                continue
            }
            do {
                let inner = try await self.all(of: operation.target, depth: depth + 1)
                all += inner
                if operation.failed, !inner.contains(where: \.failed) { all.append(operation) }
            } catch let error as BackupError where error.azure?.status == 404 {
                // It failed before it began.
                all.append(operation)
            }
        }
        return all
    }
}
