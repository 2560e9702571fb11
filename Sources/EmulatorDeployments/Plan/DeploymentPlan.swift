package import EmulatorExpressions
package import EmulatorRuntime

/// What a deployment will do: its resources in the order of the template, each with those that must be there first.
package struct DeploymentPlan {
    /// The resources.
    package let resources: [PlannedResource]
    private let vocabulary: TemplateVocabulary

    /// Plans a deployment; nothing is read of resources that exist.
    ///
    /// - Parameters:
    ///   - template: The template.
    ///   - surroundings: What its functions see.
    ///   - parameters: The values of its parameters.
    ///   - place: Where the resources go, if elsewhere than the functions see; so it is in nested deployments of the outer
    ///     scope.
    /// - Throws: ``TemplateMistake`` where names, conditions, loops or dependencies do not hold together.
    package init(
        template: Template,
        surroundings: DeploymentSurroundings,
        parameters: JSON,
        place: DeploymentPlace? = nil
    ) throws(TemplateMistake) {
        var vocabulary = TemplateVocabulary(surroundings: surroundings, template: template, parameters: parameters)
        vocabulary.targetPlace = place ?? surroundings.place
        let expansion = try ResourceExpansion(vocabulary)
        let resolution = DependencyResolution(
            resources: expansion.resources,
            loops: expansion.loops,
            vocabulary: vocabulary
        )
        self.resources = try resolution.resolved()
        self.vocabulary = vocabulary
    }

    /// Finds a resource by its symbolic name, its name, its type and name, or its id.
    ///
    /// - Parameter name: The name.
    /// - Returns: The resource, or nil where the template has none of that name.
    package func resource(named name: String) -> PlannedResource? { PlannedResource.find(name, in: self.resources) }

    /// What is sent to the provider of a resource.
    ///
    /// - Parameters:
    ///   - resource: The resource.
    ///   - reader: What reads others that it refers to; nil while nothing runs, and then such a reference is a deferred failure.
    /// - Returns: The body.
    /// - Throws: ``EmulatorExpressions/ExpressionFailure`` where an expression has no value.
    package func content(
        of resource: PlannedResource,
        reader: (any ResourceReader)?
    ) throws(ExpressionFailure) -> JSON {
        try TemplateEvaluator(self.vocabulary(at: resource.loops, reader)).evaluated(resource.content)
    }

    func vocabulary(at loops: [LoopIndex], _ reader: (any ResourceReader)?) -> TemplateVocabulary {
        var vocabulary = self.vocabulary
        vocabulary.loops = loops
        vocabulary.reader = reader
        vocabulary.resources = self.resources
        return vocabulary
    }

    /// The outputs of the deployment, each an object with `type` and `value`.
    ///
    /// Secure outputs show their type only, and those whose condition does not hold are left out.
    ///
    /// - Parameter reader: What reads resources that outputs refer to.
    /// - Returns: The outputs in order.
    /// - Throws: ``TemplateMistake`` with the code `DeploymentOutputEvaluationFailed` where one has no value.
    package func outputs(reader: any ResourceReader) throws(TemplateMistake) -> JSON {
        let evaluator = TemplateEvaluator(self.vocabulary(at: [], reader))
        var outputs: JSON = [:]
        for output in self.vocabulary.template.outputs {
            do throws(ExpressionFailure) {
                if let condition = output.value.member("condition"), try evaluator.evaluated(condition).bool == false {
                    continue
                }
                let type = output.value.member("type")?.string ?? "Object"
                let loop = output.value.member("copy").map { PropertyLoop.array(of: $0) }
                let value = try evaluator.evaluated(loop ?? output.value.member("value") ?? .null)
                outputs[output.name] =
                    type.lowercased().hasPrefix("secure")
                    ? ["type": .string(type)]
                    : ["type": .string(type), "value": loop == nil ? value : value.member("copy") ?? []]
            } catch {
                throw TemplateMistake(
                    code: "DeploymentOutputEvaluationFailed",
                    message:
                        "Unable to evaluate template outputs: '\(output.name)'. Please see error details and deployment "
                        + "operations. Please see https://aka.ms/arm-common-errors for usage details. \(error.message)"
                )
            }
        }
        return outputs
    }
}

extension DeploymentPlan {
    /// Takes a nested deployment apart, once what it refers to is there.
    ///
    /// - Parameters:
    ///   - resource: The nested deployment.
    ///   - reader: What reads resources that it refers to; nil while nothing runs.
    /// - Returns: What is to be deployed.
    /// - Throws: ``EmulatorExpressions/ExpressionFailure`` where an expression has no value.
    package func nested(
        _ resource: PlannedResource,
        reader: (any ResourceReader)?
    ) throws(ExpressionFailure) -> NestedDeployment {
        let vocabulary = self.vocabulary(at: resource.loops, reader)
        let evaluator = TemplateEvaluator(vocabulary)
        let properties = resource.declaration.member("properties") ?? [:]
        guard let template = properties.member("template") else {
            throw ExpressionFailure(
                "The nested deployment '\(resource.name)' has no 'template'; linked templates are not emulated."
            )
        }
        let mode = try evaluator.evaluated(properties.member("mode") ?? "Incremental")
        let location = try resource.declaration.member("location").map { value throws(ExpressionFailure) in
            try evaluator.evaluated(value)
        }
        if resource.evaluatesInside {
            let parameters = try evaluator.evaluated(properties.member("parameters") ?? [:])
            return NestedDeployment(
                template: template,
                parameters: parameters,
                surroundings: nil,
                mode: mode.string ?? "",
                location: location?.string
            )
        }
        return NestedDeployment(
            template: self.vocabulary.template.lent(to: template),
            parameters: .object(
                (vocabulary.parameters.object ?? []).map { JSON.Member($0.name, ["value": $0.value]) }
            ),
            surroundings: vocabulary.surroundings,
            mode: mode.string ?? "",
            location: location?.string
        )
    }
}
