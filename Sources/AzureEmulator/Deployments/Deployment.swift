import EmulatorDeployments
import EmulatorRuntime
import Foundation

/// A deployment: what was asked for, and how far it has come.
struct Deployment: Sendable, Equatable, Codable {
    /// Where a deployment stands.
    enum State: String, Sendable, Codable {
        case accepted = "Accepted"
        case running = "Running"
        case succeeded = "Succeeded"
        case failed = "Failed"
        case canceled = "Canceled"

        /// Whether it goes on.
        var isActive: Bool { self == .accepted || self == .running }
    }

    /// How far a deployment has come; it is written anew with each step.
    struct Progress: Sendable, Equatable, Codable {
        var state = State.accepted
        var operations: [DeploymentOperation] = []
        /// When the deployment ended.
        var endedAt: Date?
        var outputs: JSON?
        /// The `error` of a deployment that failed.
        var error: JSON?
        /// The resources that it made or found as wanted, in the order in which that was so.
        var outputResources: [String] = []
    }

    /// The resource id.
    let id: Scope
    let name: String
    /// The region, for a deployment to a subscription.
    let location: String?
    let tags: [String: String]
    let template: JSON
    /// The values of all parameters, bound when the deployment was accepted.
    let parameters: JSON
    /// The place that the template's functions see.
    let surroundings: DeploymentSurroundings
    /// The place of the resources.
    let place: DeploymentPlace
    let caller: Principal
    let correlationID: String
    /// The last segment of the URL at which the deployment is polled.
    let operationID: String
    let acceptedAt: Date
    /// Whether somebody asked to cancel it.
    var isCanceled = false
    var progress = Progress()
}
