package import BackupDomain
import Deployment

/// The Logic App that the template makes.
///
/// Source: <https://learn.microsoft.com/rest/api/logic/workflow-triggers/run>
package struct LogicAppHost: RemoteHost {
    private let workflow: String
    private let resources: any ResourcePlane

    /// Stands for a Logic App.
    ///
    /// - Parameters:
    ///   - workflow: The workflow's resource id.
    ///   - resources: Azure Resource Manager.
    package init(workflow: String, resources: any ResourcePlane) {
        self.workflow = workflow
        self.resources = resources
    }

    private static let version = ResourceTypes.workflows.apiVersion

    package var title: String { "the Logic App \(ResourceID(self.workflow)?.name ?? self.workflow)" }

    package func start() async throws -> RemoteStart {
        let before = Set(try await self.runs().compactMap { $0["name"]?.string })
        let path = "\(self.workflow)/triggers/\(LogicAppTemplate.triggerName)/run"
        let answer = try await self.resources.send(.post, path, apiVersion: Self.version, body: nil)
        guard answer.isSuccess else { throw answer.refusal("starting \(self.title)") }
        let new = try await self.runs().filter { !before.contains($0["name"]?.string ?? "") }
        let newest = new.max {
            ($0["properties"]?["startTime"]?.string ?? "") < ($1["properties"]?["startTime"]?.string ?? "")
        }
        guard let name = newest?["name"]?.string else {
            throw BackupError(
                .busy,
                "\(self.title) was started and shows no new run: one goes on already, and it makes one at a time.",
                remedy: "Wait until that run has ended."
            )
        }
        return RemoteStart(name: name, at: answer.date)
    }

    private func runs() async throws -> [JSONValue] {
        try await self.resources.list("\(self.workflow)/runs", apiVersion: Self.version, filter: nil)
    }

    package func state(of name: String) async throws -> RemoteState {
        let path = "\(self.workflow)/runs/\(name)"
        let answer = try await self.resources.send(.get, path, apiVersion: Self.version, body: nil)
        guard answer.status == 200, let properties = answer.document?["properties"],
            let status = properties["status"]?.string
        else { throw answer.refusal("reading the run \(name) of \(self.title)") }
        switch status.lowercased() {
        case "running", "waiting", "suspended", "paused": return .running
        case "succeeded": return .succeeded
        default:
            let reason = [properties["error"]?["code"]?.string, properties["error"]?["message"]?.string]
            return .failed(([status] + reason.compactMap(\.self)).joined(separator: ": "))
        }
    }
}
