import EmulatorRuntime
import Foundation

/// What every container finds around it: where Azure is, whose certificates hold there, and what time it is.
struct ContainerSurroundings: Sendable {
    /// The variables that lead from a machine of the world into the local Azure; those of the machine's own identity are not
    /// among them.
    static let shared = [
        "ARM_CLOUD_METADATA_URL", "AZURE_AUTHORITY_HOST", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "APIM_BACKUP_CLOCK",
    ]

    /// The endpoint that hands out tokens.
    let identityEndpoint: String
    /// The variables that all containers have.
    let variables: [String: String]

    init(environment: [String: String]) {
        self.identityEndpoint = environment["IDENTITY_ENDPOINT"] ?? ""
        var variables = environment.filter { Self.shared.contains($0.key) }
        variables["PATH"] = "/usr/local/bin:/usr/bin:/bin"
        variables["HOME"] = "/tmp"
        self.variables = variables
    }

    /// The environment of a container.
    ///
    /// Source: "Managed identities in Azure Container Apps" (`IDENTITY_ENDPOINT`, `IDENTITY_HEADER`) and "Manage environment
    /// variables on Azure Container Apps" (`CONTAINER_APP_JOB_NAME`, `CONTAINER_APP_JOB_EXECUTION_NAME`).
    ///
    /// - Parameters:
    ///   - container: The container.
    ///   - execution: The execution that it belongs to.
    ///   - replica: The number of the replica.
    ///   - job: The job, with its secrets.
    /// - Returns: The variables.
    func environment(
        of container: JobContainer,
        in execution: JobExecution,
        replica: Int,
        of job: KeptResource
    ) -> [String: String] {
        var environment = self.variables
        environment["CONTAINER_APP_JOB_NAME"] = job.name
        environment["CONTAINER_APP_JOB_EXECUTION_NAME"] = execution.name
        environment["CONTAINER_APP_REPLICA_NAME"] = "\(execution.name)-\(replica)"
        if job.identity.type != "None" {
            environment["IDENTITY_ENDPOINT"] = self.identityEndpoint
            environment["IDENTITY_HEADER"] = job.secrets.member("identityHeader")?.string
        }
        for (name, variable) in container.variables {
            switch variable {
            case .text(let text): environment[name] = text
            case .secret(let secret):
                environment[name] = job.secrets.member(at: "values", secret)?.string ?? ""
            }
        }
        return environment
    }
}
