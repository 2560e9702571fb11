import Foundation

/// What Azure does by itself: it carries deployments on, begins what is scheduled, fires triggers, and runs workflows.
struct BackgroundWork: Sendable {
    let deployments: DeploymentWorker
    let jobs: JobScheduler
    let workflows: WorkflowWorker

    /// Does what can be done now, of everything.
    ///
    /// - Returns: When there is something to do next, where that is known.
    func advance() async throws -> Date? {
        let times = [try self.advanceResources(), try await self.workflows.advance()]
        return times.compactMap(\.self).min()
    }

    private func advanceResources() throws -> Date? {
        [try self.deployments.advance(), try self.jobs.advance()].compactMap(\.self).min()
    }

    /// The services that do it: workflows have one of their own, so that a slow call of one holds up no deployment.
    func services(cloud: Cloud, sources: EmulatorSources) -> [BackgroundService] {
        [
            BackgroundService(clock: cloud.clock, wakes: cloud.wakes, sources: sources) {
                try self.advanceResources()
            },
            BackgroundService(clock: cloud.clock, wakes: cloud.workflowWakes, sources: sources) {
                try await self.workflows.advance()
            },
        ]
    }
}
