import EmulatorDeployments

/// Which resources of a deployment may be started, and which run: the pure decision over plan and progress.
struct DeploymentOrder {
    /// The resources that may be started now.
    let startable: [PlannedResource]
    /// The operations that run.
    let running: [DeploymentOperation]
    /// Whether nothing is left to be done.
    let isComplete: Bool

    init(plan: DeploymentPlan, progress: Deployment.Progress) {
        let begun = Dictionary(progress.operations.map { ($0.resource, $0.state) }) { _, last in last }
        var done = Set(begun.filter { $0.value == .succeeded }.keys)
        // A resource whose condition does not hold is nothing to wait for.
        done.formUnion(plan.resources.filter { !$0.isEnabled }.map(\.key))
        let waiting = plan.resources.filter { $0.isEnabled && begun[$0.key] == nil }
        self.startable = waiting.filter { $0.dependencies.allSatisfy(done.contains) }
        self.running = progress.operations.filter { $0.state == .running }
        self.isComplete = waiting.isEmpty && self.running.isEmpty
    }
}
