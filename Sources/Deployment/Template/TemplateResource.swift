/// A resource of a template.
package struct TemplateResource: Sendable, Hashable {
    /// The full type, such as `Microsoft.Logic/workflows`.
    package var type: String
    /// The api-version.
    package var apiVersion: String
    /// The name; an expression with a name for each segment behind the namespace.
    package var name: TemplateValue
    /// Whether it is deployed at all; nil for always.
    package var condition: TemplateExpression?
    /// What an extension resource lies on; nil for the deployment's own scope.
    package var scope: TemplateExpression?
    /// What must be there before.
    package var dependsOn: [TemplateExpression]
    /// All other members, in their order.
    package var members: [TemplateValue.Member]

    /// Creates a resource.
    package init(
        _ type: String,
        _ apiVersion: String,
        name: TemplateValue,
        condition: TemplateExpression? = nil,
        scope: TemplateExpression? = nil,
        dependsOn: [TemplateExpression] = [],
        _ members: [TemplateValue.Member]
    ) {
        self.type = type
        self.apiVersion = apiVersion
        self.name = name
        self.condition = condition
        self.scope = scope
        self.dependsOn = dependsOn
        self.members = members
    }

    /// The resource as it stands in a template.
    package var value: TemplateValue {
        var all: [TemplateValue.Member] = []
        if let condition = self.condition { all.append(.init("condition", .expression(condition))) }
        all.append(.init("type", .text(self.type)))
        all.append(.init("apiVersion", .text(self.apiVersion)))
        if let scope = self.scope { all.append(.init("scope", .expression(scope))) }
        all.append(.init("name", self.name))
        all += self.members
        if !self.dependsOn.isEmpty {
            all.append(.init("dependsOn", .array(self.dependsOn.map { .expression($0) })))
        }
        return .object(all)
    }
}
