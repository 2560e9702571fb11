import Foundation

/// What Azure does by itself: it carries deployments on.
struct BackgroundWork: Sendable {
    let deployments: DeploymentWorker

    /// Does what can be done now.
    ///
    /// - Returns: When there is something to do next, where that is known.
    func advance() async throws -> Date? {
        try self.deployments.advance()
    }
}
