package import EmulatorRuntime

/// A template, taken apart as far as its outer shape goes.
///
/// Source: "Understand the structure and syntax of ARM templates", schemas 2019-04-01 (resource groups) and 2018-05-01
/// (subscriptions).
package struct Template: Sendable {
    /// The declared parameters in order.
    let parameters: [ParameterDeclaration]
    /// The variables, unevaluated.
    let variables: [JSON.Member]
    /// The template's own functions, by namespace and name in lower case.
    let functions: [String: TemplateFunction]
    /// The resources, each with its symbolic name where the template has such names.
    let resources: [(symbolicName: String?, declaration: JSON)]
    /// The outputs, unevaluated.
    let outputs: [JSON.Member]

    private static let known: Set<String> = [
        "$schema", "contentversion", "apiprofile", "parameters", "variables", "functions", "resources", "outputs",
        "languageversion", "metadata",
    ]

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - json: The template.
    ///   - isOfGroup: Whether it is deployed to a resource group.
    /// - Throws: ``TemplateMistake`` where it has another shape, or holds what is not emulated.
    package init(_ json: JSON, isOfGroup: Bool) throws(TemplateMistake) {
        guard let members = json.object else { throw .malformed("The template is not an object.") }
        for member in members where !Self.known.contains(member.name.lowercased()) {
            throw .malformed("Could not find member '\(member.name)' on object of type 'Template'.")
        }
        try Self.checkSchema(json.member("$schema")?.string, isOfGroup: isOfGroup)
        let version = json.member("contentVersion")?.string
        guard version?.wholeMatch(of: /\d+(\.\d+){1,3}/) != nil else {
            throw .malformed("The 'contentVersion' of the template is missing or not of the form '1.0.0.0'.")
        }
        var parameters: [ParameterDeclaration] = []
        for member in try Self.members("parameters", of: json) { parameters.append(try ParameterDeclaration(member)) }
        self.parameters = parameters
        self.variables = try Self.members("variables", of: json)
        self.functions = try TemplateFunction.all(of: json.member("functions") ?? [])
        self.outputs = try Self.members("outputs", of: json)
        switch json.member("resources") {
        case .array(let elements)?: self.resources = elements.map { (nil, $0) }
        case .object(let members)?: self.resources = members.map { ($0.name, $0.value) }
        default: throw .malformed("Required property 'resources' not found in JSON.")
        }
    }

    private static func checkSchema(_ schema: String?, isOfGroup: Bool) throws(TemplateMistake) {
        guard let schema else { throw .malformed("Required property '$schema' not found in JSON.") }
        let file = schema.split(separator: "/").last.map { $0.prefix { $0 != "#" }.lowercased() } ?? ""
        let wanted = isOfGroup ? "deploymenttemplate.json" : "subscriptiondeploymenttemplate.json"
        guard file != wanted else { return }
        // Azure's words for a schema of another scope are not known.
        throw .invalid(
            "The template schema '\(schema)' is not supported at the scope of a "
                + (isOfGroup ? "resource group." : "subscription.")
        )
    }

    private static func members(_ name: String, of json: JSON) throws(TemplateMistake) -> [JSON.Member] {
        guard let value = json.member(name), !value.isNull else { return [] }
        guard let members = value.object else { throw .malformed("The '\(name)' of the template are not an object.") }
        return members
    }
}

extension Template {
    /// A nested template with the parameters and variables of this one, as the outer scope sees them.
    ///
    /// Source: "Using linked and nested templates when deploying Azure resources": parameters and variables of the nested
    /// template itself do not count in the outer scope.
    func lent(to nested: JSON) -> JSON {
        var nested = nested
        nested["parameters"] = .object(
            self.parameters.map { JSON.Member($0.name, ["type": .string($0.kind.rawValue)]) }
        )
        nested["variables"] = .object(self.variables)
        return nested
    }
}
