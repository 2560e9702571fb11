import BackupDomain
import Deployment

/// Looks whether a job's secrets are as wanted; no forecast of Azure's tells.
struct JobSecrets {
    let resources: any ResourcePlane

    /// Compares.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/resource-manager/containerapps/jobs/list-secrets>
    ///
    /// - Parameters:
    ///   - job: The job's resource id.
    ///   - wanted: The secrets by name.
    /// - Returns: Whether all are there with their values, and no others; false where they may not be read.
    /// - Throws: ``BackupDomain/BackupError`` where no answer came.
    func are(of job: String, _ wanted: [String: String]) async throws -> Bool {
        let version = ResourceTypes.jobs.apiVersion
        let answer = try await self.resources.send(.post, "\(job)/listSecrets", apiVersion: version, body: nil)
        guard answer.status == 200, let found = answer.document?["value"]?.array else { return false }
        let pairs = found.compactMap { secret in
            secret["name"]?.string.map { ($0, secret["value"]?.string ?? "") }
        }
        return Dictionary(pairs) { first, _ in first } == wanted
    }
}
