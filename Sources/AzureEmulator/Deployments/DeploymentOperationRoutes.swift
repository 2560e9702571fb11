import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import HTTPTypes

/// `GET …/deployments/NAME/operations`: what a deployment did about each resource.
///
/// Source: "Deployment Operations", Resource Manager, API version 2021-04-01.
struct DeploymentOperationRoutes {
    let call: ManagementCall

    func response() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let deployment = try self.call.deployment(for: "operations/read", in: state, now: now)
            let targets = Self.targets(of: deployment)
            guard self.call.path.rest.count == 4 else {
                return self.call.page(
                    deployment.progress.operations.reversed().map { Self.json($0, of: deployment, targets, now) },
                    size: state.world.rules.pageSize
                )
            }
            let id = self.call.path.rest[3]
            guard let operation = deployment.progress.operations.first(where: { $0.id == id.uppercased() }) else {
                throw ManagementError(
                    status: .notFound,
                    code: "DeploymentOperationNotFound",
                    message: "Deployment operation '\(id)' could not be found."
                )
            }
            return .json(Self.json(operation, of: deployment, targets, now))
        }
    }

    private static func targets(of deployment: Deployment) -> [String: JSON] {
        let resources = (try? deployment.plan())?.resources ?? []
        return Dictionary(resources.map { ($0.key, DeploymentView.target($0)) }) { first, _ in first }
    }

    private static func json(
        _ operation: DeploymentOperation,
        of deployment: Deployment,
        _ targets: [String: JSON],
        _ now: Date
    ) -> JSON {
        let seen = operation.endedAt ?? now
        var properties: JSON = [
            "provisioningOperation": .string(operation.kind), "provisioningState": .string(operation.state.rawValue),
            "timestamp": .string(Instant.text(seen)),
            "duration": .string(ISODuration.text(seconds: seen.timeIntervalSince(operation.startedAt))),
            "trackingId": .string(deployment.correlationID),
        ]
        if let status = operation.status {
            properties["statusCode"] = .string(Self.names[status] ?? String(status))
        }
        if let error = operation.error { properties["statusMessage"] = ["status": "Failed", "error": error] }
        properties["targetResource"] = targets[operation.resource] ?? .null
        return [
            "id": .string("\(deployment.id)/operations/\(operation.id)"), "operationId": .string(operation.id),
            "properties": properties,
        ]
    }

    /// The names by which .NET, and so this API, calls statuses.
    private static let names = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "NoContent", 400: "BadRequest", 401: "Unauthorized",
        403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 409: "Conflict", 412: "PreconditionFailed",
        429: "TooManyRequests", 500: "InternalServerError",
    ]
}
