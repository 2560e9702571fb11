import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import HTTPTypes

/// Carries deployments on: each resource as soon as those are there that it depends on.
struct DeploymentWorker: Sendable {
    let router: ManagementRouter
    let intake: DeploymentIntake

    private var cloud: Cloud { self.router.cloud }

    /// Carries all deployments on as far as they come now.
    ///
    /// - Returns: When the next of them has something to do, where one waits for a time.
    func advance() throws -> Date? {
        var next: Date?
        var isMoving = true
        while isMoving {
            isMoving = false
            next = nil
            let active = self.cloud.read { state, _ in
                state.deployments.values.filter { $0.progress.state.isActive }.sorted { $0.acceptedAt < $1.acceptedAt }
            }
            for deployment in active {
                let before = deployment.progress
                let (progress, wait) = try self.carry(deployment)
                if progress != before { isMoving = true }
                if let wait { next = min(next ?? wait, wait) }
            }
        }
        return next
    }

    /// One step of one deployment.
    private func carry(_ deployment: Deployment) throws -> (Deployment.Progress, Date?) {
        let plan: DeploymentPlan
        do throws(TemplateMistake) {
            plan = try deployment.plan()
        } catch {
            // It was planned when it was accepted; only a state of another version of the emulator gets here.
            return try (
                self.end(deployment, .failed, ["code": .string(error.code), "message": .string(error.message)]), nil
            )
        }
        var step = DeploymentStep(deployment: deployment, plan: plan, router: self.router, intake: self.intake)
        let wait = try step.run()
        return (step.progress, wait)
    }

    private func end(
        _ deployment: Deployment,
        _ state: Deployment.State,
        _ error: JSON?
    ) throws -> Deployment.Progress {
        var progress = deployment.progress
        try self.cloud.change { _, now in
            progress.state = state
            progress.error = error
            progress.endedAt = now
            return ([.deployment(.progressed(deployment.id, progress))], ())
        }
        return progress
    }
}
