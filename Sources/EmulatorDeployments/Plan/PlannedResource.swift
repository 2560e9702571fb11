import EmulatorRuntime

/// One resource of a template, named and placed, in one turn of its loop.
package struct PlannedResource: Sendable {
    /// What is unique within the plan: the id in lower case.
    package let key: String
    /// The resource id.
    package let id: String
    /// The type, such as `Microsoft.Logic/workflows`.
    package let type: String
    /// The name, with those of its parents.
    package let name: String
    /// The API version.
    package let apiVersion: String
    /// The symbolic name, where the template has such names.
    package let symbolicName: String?
    /// Whether its condition holds.
    package let isEnabled: Bool
    /// Whether it is only referred to, and was made elsewhere.
    package let isExisting: Bool
    /// Where a nested deployment puts its resources; nil for any other resource.
    package let nestedPlace: DeploymentPlace?
    /// The keys of the resources that must be there first.
    package internal(set) var dependencies: [String] = []
    let loops: [LoopIndex]
    let declaration: JSON

    /// What a deployment reads of a resource for itself and does not send to the provider.
    private static let control: Set<String> = [
        "type", "apiversion", "name", "dependson", "condition", "copy", "scope", "comments", "resourcegroup",
        "subscriptionid", "existing", "resources", "metadata", "asserts",
    ]

    /// What is sent to the provider, unevaluated.
    var content: JSON {
        .object((self.declaration.object ?? []).filter { !Self.control.contains($0.name.lowercased()) })
    }

    /// Whether the resource is a deployment of its own.
    package var isDeployment: Bool { self.nestedPlace != nil }

    /// Whether a nested deployment evaluates its expressions for itself; otherwise in those of this template.
    ///
    /// Source: "Using linked and nested templates when deploying Azure resources": the default is the outer scope.
    package var evaluatesInside: Bool {
        let scope = self.declaration.member(at: "properties", "expressionEvaluationOptions", "scope")?.string
        return scope?.lowercased() == "inner"
    }
}
