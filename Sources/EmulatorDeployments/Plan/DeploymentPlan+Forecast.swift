import EmulatorExpressions
package import EmulatorRuntime

extension DeploymentPlan {
    /// What would be sent to the provider of a resource, with the text of the expression where its value is known only later.
    ///
    /// - Parameter resource: The resource.
    /// - Returns: The body.
    package func forecast(of resource: PlannedResource) -> JSON {
        self.forecast(resource.content, TemplateEvaluator(self.vocabulary(at: resource.loops, nil)))
    }

    private func forecast(_ json: JSON, _ evaluator: TemplateEvaluator) -> JSON {
        if let value = try? evaluator.evaluated(json) { return value }
        switch json {
        case .array(let elements): return .array(elements.map { self.forecast($0, evaluator) })
        case .object(let members):
            return .object(members.map { JSON.Member($0.name, self.forecast($0.value, evaluator)) })
        default: return json
        }
    }
}
