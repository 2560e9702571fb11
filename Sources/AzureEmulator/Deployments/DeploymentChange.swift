/// One change of the deployments.
enum DeploymentChange: Sendable, Equatable, Codable {
    /// A deployment was accepted, over an earlier one of its name if need be.
    case accepted(Deployment)
    /// A deployment has come further.
    case progressed(Scope, Deployment.Progress)
    /// Somebody asked to cancel a deployment.
    case canceled(Scope)
    /// A deployment was taken off the history.
    case removed(Scope)

    /// Puts the change into effect.
    func apply(to deployments: inout [Scope: Deployment]) {
        switch self {
        case .accepted(let deployment): deployments[deployment.id] = deployment
        case .progressed(let id, let progress): deployments[id]?.progress = progress
        case .canceled(let id): deployments[id]?.isCanceled = true
        case .removed(let id): deployments[id] = nil
        }
    }
}
