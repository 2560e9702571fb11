/// A template of Resource Manager, for a deployment into a resource group.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax>
package struct TemplateDocument: Sendable, Hashable {
    /// The inputs, the required ones first.
    package var parameters: [TemplateParameter]
    /// The variables, in their order.
    package var variables: [TemplateValue.Member]
    /// The resources.
    package var resources: [TemplateResource]
    /// The outputs: all are texts.
    package var outputs: [(name: String, value: TemplateExpression)]
    /// The version of our template; grows with what it does.
    package var contentVersion: String

    /// Creates a template.
    package init(
        parameters: [TemplateParameter] = [],
        variables: [TemplateValue.Member] = [],
        resources: [TemplateResource],
        outputs: [(name: String, value: TemplateExpression)] = [],
        contentVersion: String = "1.0.0.0"
    ) {
        self.parameters = parameters
        self.variables = variables
        self.resources = resources
        self.outputs = outputs
        self.contentVersion = contentVersion
    }

    package static func == (lhs: Self, rhs: Self) -> Bool { lhs.value == rhs.value }

    package func hash(into hasher: inout Hasher) { hasher.combine(self.value) }

    /// The template as JSON; what is empty is left out, but for the resources.
    package var value: TemplateValue {
        var members: [TemplateValue.Member] = [
            .init("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"),
            .init("contentVersion", .text(self.contentVersion)),
        ]
        if !self.parameters.isEmpty {
            members.append(.init("parameters", .object(self.parameters.map { .init($0.name, $0.value) })))
        }
        if !self.variables.isEmpty { members.append(.init("variables", .object(self.variables))) }
        members.append(.init("resources", .array(self.resources.map(\.value))))
        if !self.outputs.isEmpty {
            let outputs = self.outputs.map { output in
                TemplateValue.Member(output.name, ["type": "string", "value": .expression(output.value)])
            }
            members.append(.init("outputs", .object(outputs)))
        }
        return .object(members)
    }
}
