import BackupDomain
import Synchronization

@testable import Provisioning

/// A Resource Manager that expects calls in an order.
final class ScriptedResources: ResourcePlane {
    typealias Exchange = (method: ResourceMethod, path: String, answer: ManagementAnswer)

    private let script: Mutex<[Exchange]>

    init(_ script: [Exchange]) { self.script = Mutex(script) }

    var isDone: Bool { self.script.withLock(\.isEmpty) }

    func send(
        _ method: ResourceMethod,
        _ path: String,
        apiVersion: String,
        body: JSONValue?
    ) async throws -> ManagementAnswer {
        let next = self.script.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let next, next.method == method, next.path == path else {
            throw BackupError(.azureError, "Nobody expected \(method.rawValue) \(path).")
        }
        return next.answer
    }

    func list(_ path: String, apiVersion: String, filter: String?) async throws -> [JSONValue] {
        try await self.send(.get, path, apiVersion: apiVersion, body: nil).document?["value"]?.array ?? []
    }

    func operation(at location: String) async throws -> ManagementAnswer {
        try await self.send(.get, location, apiVersion: "", body: nil)
    }
}
