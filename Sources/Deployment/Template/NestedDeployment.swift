/// A deployment inside a deployment: what reaches another resource group, or names resources by what is known only meanwhile.
///
/// Evaluated on its own (inner scope), so that it sees its own parameters, and that a role assignment's name may be made of
/// a principal's id.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates>
package struct NestedDeployment: Sendable, Hashable {
    private static let type = "Microsoft.Resources/deployments"

    /// What the name begins with; the deployment's own name follows, so that two deployments do not mix.
    package var prefix: String
    /// The resource group; nil for the outer deployment's.
    package var resourceGroup: TemplateExpression?
    /// Whether it is deployed at all; nil for always.
    package var condition: TemplateExpression?
    /// What it is given, by the names of its parameters.
    package var arguments: [(parameter: TemplateParameter, value: TemplateExpression)]
    /// What it deploys.
    package var template: TemplateDocument
    /// What must be there before.
    package var dependsOn: [TemplateExpression]

    /// Creates a nested deployment.
    package init(
        _ prefix: String,
        in resourceGroup: TemplateExpression? = nil,
        condition: TemplateExpression? = nil,
        arguments: [(parameter: TemplateParameter, value: TemplateExpression)],
        _ template: TemplateDocument,
        dependsOn: [TemplateExpression] = []
    ) {
        self.prefix = prefix
        self.resourceGroup = resourceGroup
        self.condition = condition
        self.arguments = arguments
        self.template = template
        self.dependsOn = dependsOn
    }

    package static func == (lhs: Self, rhs: Self) -> Bool { lhs.resource == rhs.resource }

    package func hash(into hasher: inout Hasher) { hasher.combine(self.resource) }

    /// The deployment's name: bounded, and the same for the same outer deployment.
    package var name: TemplateExpression {
        .format(
            "\(self.prefix)-{0}",
            .call("uniqueString", .call("resourceGroup").property("id"), .call("deployment").property("name"))
        )
    }

    /// The deployment's id, for `dependsOn` and `reference`.
    package var id: TemplateExpression { .resourceID(in: self.resourceGroup, Self.type, self.name) }

    /// An output of the deployment.
    ///
    /// - Parameter name: The output's name.
    /// - Returns: The expression; implies that the deployment comes before.
    package func output(_ name: String) -> TemplateExpression {
        .call("reference", self.id, .literal(ResourceTypes.deployments.apiVersion)).property("outputs.\(name).value")
    }

    /// The deployment as a resource.
    package var resource: TemplateResource {
        var template = self.template
        template.parameters = self.arguments.map(\.parameter)
        var members: [TemplateValue.Member] = []
        if let group = self.resourceGroup { members.append(.init("resourceGroup", .expression(group))) }
        members.append(
            .init(
                "properties",
                [
                    "mode": "Incremental",
                    "expressionEvaluationOptions": ["scope": "inner"],
                    "parameters": .object(
                        self.arguments.map { .init($0.parameter.name, ["value": .expression($0.value)]) }
                    ),
                    "template": template.value,
                ]
            )
        )
        return TemplateResource(
            Self.type,
            ResourceTypes.deployments.apiVersion,
            name: .expression(self.name),
            condition: self.condition,
            dependsOn: self.dependsOn,
            members
        )
    }
}
