package import EmulatorRuntime

/// A nested deployment, ready to be deployed like any other.
package struct NestedDeployment: Sendable {
    /// The template.
    package let template: JSON
    /// The parameters, each an object with `value`.
    package let parameters: JSON
    /// What the template's functions see where it evaluates in the outer scope; nil where it sees its own place.
    package let surroundings: DeploymentSurroundings?
    /// The mode, such as `Incremental`.
    package let mode: String
    /// The region, for a deployment to a subscription.
    package let location: String?
}
