import EmulatorDeployments
import EmulatorRuntime
import Foundation

/// A deployment that was asked for, read and planned, before anything is done about it.
struct DeploymentProposal {
    let name: String
    let place: DeploymentPlace
    let location: String?
    let tags: [String: String]
    let template: JSON
    let parameters: JSON
    let surroundings: DeploymentSurroundings
    let plan: DeploymentPlan

    /// The resource id.
    var id: Scope { Scope("\(self.place.id)/providers/Microsoft.Resources/deployments/\(self.name)") }

    /// Accepts it.
    func deployment(caller: Principal, correlationID: String, operationID: String, now: Date) -> Deployment {
        Deployment(
            id: self.id,
            name: self.name,
            location: self.location,
            tags: self.tags,
            template: self.template,
            parameters: self.parameters,
            surroundings: self.surroundings,
            place: self.place,
            caller: caller,
            correlationID: correlationID,
            operationID: operationID,
            acceptedAt: now
        )
    }
}

extension Deployment {
    /// The plan, made again: it depends on nothing but what was bound when the deployment was accepted.
    func plan() throws(TemplateMistake) -> DeploymentPlan {
        try DeploymentPlan(
            template: Template(self.template, isOfGroup: self.place.groupName != nil),
            surroundings: self.surroundings,
            parameters: self.parameters,
            place: self.place
        )
    }
}
