package import BackupDomain
import Deployment

/// Our own program in a Container Apps job.
///
/// Source: <https://learn.microsoft.com/rest/api/resource-manager/containerapps/jobs/start>
package struct JobHost: RemoteHost {
    private let job: String
    private let isStartedAsItIs: Bool
    private let resources: any ResourcePlane

    /// Stands for a job.
    ///
    /// - Parameters:
    ///   - job: The job's resource id.
    ///   - isStartedAsItIs: Whether its own arguments make a backup at once.
    ///   - resources: Azure Resource Manager.
    package init(job: String, isStartedAsItIs: Bool = false, resources: any ResourcePlane) {
        self.job = job
        self.isStartedAsItIs = isStartedAsItIs
        self.resources = resources
    }

    private static let version = ResourceTypes.jobs.apiVersion

    package var title: String { "the Container Apps job \(ResourceID(self.job)?.name ?? self.job)" }

    /// Starts an execution that makes a backup now, whatever the schedule says.
    package func start() async throws -> RemoteStart {
        let answer = try await self.resources.send(
            .post,
            "\(self.job)/start",
            apiVersion: Self.version,
            body: self.isStartedAsItIs ? nil : try await self.backupNow()
        )
        guard answer.isSuccess else { throw answer.refusal("starting \(self.title)") }
        if let name = answer.document?["name"]?.string { return RemoteStart(name: name, at: answer.date) }
        // Azure may accept without a body: then the newest execution is the one.
        let executions = try await self.resources.list("\(self.job)/executions", apiVersion: Self.version, filter: nil)
        let newest = executions.max {
            ($0["properties"]?["startTime"]?.string ?? "") < ($1["properties"]?["startTime"]?.string ?? "")
        }
        guard let name = newest?["name"]?.string else {
            throw BackupError(.malformedAnswer, "Azure started \(self.title) and shows no execution of it.")
        }
        return RemoteStart(name: name, at: answer.date)
    }

    /// The job's own template, but for the arguments.
    private func backupNow() async throws -> JSONValue {
        let found = try await self.resources.send(.get, self.job, apiVersion: Self.version, body: nil)
        guard found.status == 200, let template = found.document?["properties"]?["template"] else {
            throw found.refusal("reading \(self.title)")
        }
        let containers = (template["containers"]?.array ?? []).map { container -> JSONValue in
            guard case .object(var members) = container else { return container }
            members["args"] = .array(
                JobCommand.now(members["args"]?.array?.compactMap(\.string) ?? []).map(JSONValue.string)
            )
            return .object(members)
        }
        return .object(["containers": .array(containers)])
    }

    package func state(of name: String) async throws -> RemoteState {
        let path = "\(self.job)/executions/\(name)"
        let answer = try await self.resources.send(.get, path, apiVersion: Self.version, body: nil)
        guard answer.status == 200, let status = answer.document?["properties"]?["status"]?.string else {
            throw answer.refusal("reading the execution \(name) of \(self.title)")
        }
        return switch status.lowercased() {
        case "running", "processing", "unknown": .running
        case "succeeded": .succeeded
        default: .failed(status)
        }
    }
}
