import EmulatorDeployments
import EmulatorRuntime
import Foundation
import HTTPTypes

/// Starts a nested deployment in the name of the outer one's deployer.
struct NestedStart {
    let deployment: Deployment
    let router: ManagementRouter
    let intake: DeploymentIntake

    /// The answer that the Resource Manager gives itself.
    func response(_ nested: NestedDeployment, name: String, place: DeploymentPlace) -> EmulatedResponse {
        let caller = self.deployment.caller
        let (state, now) = self.router.cloud.read { state, now in (state, now) }
        do {
            let proposal = try self.intake.proposal(
                nested,
                name: name,
                place: place,
                caller: caller,
                in: state,
                now: now
            )
            let action = "Microsoft.Resources/deployments/write"
            guard state.access.permits(caller.objectID, action: action, at: proposal.id, now: now) else {
                throw ManagementError.unauthorized(caller, action: action, scope: proposal.id)
            }
            try Preflight(intake: self.intake, caller: caller, state: state, now: now).check(proposal)
            let accepted = proposal.deployment(
                caller: caller,
                correlationID: self.deployment.correlationID,
                operationID: self.router.cloud.identifiers.nextText(),
                now: now
            )
            let isNew = try self.router.cloud.change { state, _ in
                let old = state.deployments[accepted.id]
                if let old, old.progress.state.isActive { throw ManagementError.deploymentActive(old) }
                return ([.deployment(.accepted(accepted))], old == nil)
            }
            return EmulatedResponse(status: isNew ? .created : .ok)
        } catch let error as ManagementError {
            return error.response
        } catch {
            return EmulatedResponse(status: .internalServerError)
        }
    }
}
