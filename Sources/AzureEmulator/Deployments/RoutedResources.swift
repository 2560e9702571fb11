import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import HTTPTypes

/// Resources as templates' `reference` and `list…` read them: through the providers, with the deployer's rights.
struct RoutedResources: ResourceReader {
    let router: ManagementRouter
    let caller: Principal

    func resource(_ id: String, apiVersion: String) throws(ExpressionFailure) -> JSON {
        try self.read(self.send(.get, id, apiVersion), id)
    }

    func list(_ action: String, of id: String, apiVersion: String, body: JSON?) throws(ExpressionFailure) -> JSON {
        try self.read(self.send(.post, "\(id)/\(action)", apiVersion, body: body), id)
    }

    /// Sends a call in the deployer's name.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ apiVersion: String,
        body: JSON? = nil
    ) -> EmulatedResponse {
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        let request = EmulatedRequest(
            method: method,
            rawPath: escaped,
            rawQuery: "api-version=\(apiVersion)",
            body: body?.data ?? Data()
        )
        return self.router.answer(request, caller: self.caller)
    }

    private func read(_ response: EmulatedResponse, _ id: String) throws(ExpressionFailure) -> JSON {
        let body = (try? JSONParser.parse(response.body).value) ?? [:]
        guard response.status.kind != .successful else { return body }
        let message = body.member(at: "error", "message")?.string ?? "The resource '\(id)' could not be read."
        throw ExpressionFailure(message)
    }
}
