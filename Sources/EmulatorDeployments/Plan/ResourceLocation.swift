import EmulatorRuntime

/// Finds the id of a resource: from its type and name, its scope, and the place of the deployment.
struct ResourceLocation {
    let type: String
    let name: String
    let declaration: JSON
    let evaluator: TemplateEvaluator
    let place: DeploymentPlace

    /// The id, and where a nested deployment puts its resources.
    func id() throws(TemplateMistake) -> (String, DeploymentPlace?) {
        let segments = self.type.split(separator: "/").map(String.init)
        let names = self.name.split(separator: "/").map(String.init)
        guard segments.count >= 2, names.count == segments.count - 1 else {
            throw .invalid(
                "The template resource '\(self.name)' for type '\(self.type)' has incorrect segment lengths. A nested resource "
                    + "type must have identical number of segments as its resource name. A root resource type must have "
                    + "segment length one greater than its resource name. Please see https://aka.ms/arm-syntax-resources for "
                    + "usage details."
            )
        }
        if self.type.lowercased() == "microsoft.resources/deployments" {
            let place = try self.nestedPlace()
            return ("\(place.id)/providers/Microsoft.Resources/deployments/\(self.name)", place)
        }
        for property in ["resourceGroup", "subscriptionId"] where self.declaration.member(property) != nil {
            // Source: "Set scope for extension resources in ARM templates".
            throw .invalid(
                "The property '\(property)' is only allowed on nested and linked deployments, not on the resource "
                    + "'\(self.name)' of type '\(self.type)'."
            )
        }
        if self.type.lowercased() == "microsoft.resources/resourcegroups" {
            return ("/subscriptions/\(self.place.subscriptionID)/resourceGroups/\(self.name)", nil)
        }
        let pairs = zip(segments.dropFirst(), names).map { "\($0)/\($1)" }.joined(separator: "/")
        return ("\(try self.base())/providers/\(segments[0])/\(pairs)", nil)
    }

    private func base() throws(TemplateMistake) -> String {
        guard let written = self.declaration.member("scope") else { return self.place.id }
        let value = try self.evaluator.value(of: written, at: "the scope of the resource '\(self.name)'")
        guard let scope = value.string, !scope.isEmpty else {
            throw .invalid("The scope of the template resource '\(self.name)' is not a string with characters.")
        }
        if scope.hasPrefix("/") { return scope == "/" ? "" : scope }
        return "\(self.place.id)/providers/\(scope)"
    }

    private func nestedPlace() throws(TemplateMistake) -> DeploymentPlace {
        let group = try self.text("resourceGroup")
        let subscription = try self.text("subscriptionId")
        let isOtherSubscription =
            subscription.map { $0.lowercased() != self.place.subscriptionID.lowercased() } ?? false
        return DeploymentPlace(
            subscriptionID: subscription ?? self.place.subscriptionID,
            // A deployment in another subscription without a group is one of that subscription.
            groupName: group ?? (isOtherSubscription ? nil : self.place.groupName)
        )
    }

    private func text(_ property: String) throws(TemplateMistake) -> String? {
        guard let written = self.declaration.member(property), !written.isNull else { return nil }
        let value = try self.evaluator.value(of: written, at: "the '\(property)' of the resource '\(self.name)'")
        guard let text = value.string, !text.isEmpty else {
            throw .invalid("The '\(property)' of the template resource '\(self.name)' is not a string with characters.")
        }
        return text
    }
}
