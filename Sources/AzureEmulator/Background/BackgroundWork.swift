import Foundation

/// What Azure does by itself: it carries deployments on, and begins what is scheduled.
struct BackgroundWork: Sendable {
    let deployments: DeploymentWorker
    let jobs: JobScheduler

    /// Does what can be done now.
    ///
    /// - Returns: When there is something to do next, where that is known.
    func advance() async throws -> Date? {
        let times = [try self.deployments.advance(), try self.jobs.advance()]
        return times.compactMap(\.self).min()
    }
}
