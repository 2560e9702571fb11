import EmulatorExpressions
import EmulatorRuntime

/// Finds for each resource the others of the template that must be there first.
struct DependencyResolution {
    let resources: [PlannedResource]
    let loops: [String: [String]]
    let vocabulary: TemplateVocabulary

    func resolved() throws(TemplateMistake) -> [PlannedResource] {
        var result: [PlannedResource] = []
        for resource in self.resources {
            var resource = resource
            let found = try self.explicit(resource) + self.implicit(resource)
            var keys: [String] = []
            for key in resource.dependencies + found where key != resource.key && !keys.contains(key) {
                keys.append(key)
            }
            resource.dependencies = keys
            result.append(resource)
        }
        try Self.checkOrder(result)
        return result
    }

    private func explicit(_ resource: PlannedResource) throws(TemplateMistake) -> [String] {
        var vocabulary = self.vocabulary
        vocabulary.loops = resource.loops
        let evaluator = TemplateEvaluator(vocabulary)
        let written = resource.declaration.member("dependsOn") ?? []
        let value = try evaluator.value(of: written, at: "the dependencies of the resource '\(resource.name)'")
        var keys: [String] = []
        for element in value.array ?? [] {
            guard let name = element.string else {
                throw .invalid("A dependency of the resource '\(resource.name)' is not a string.")
            }
            if let loop = self.loops[name.lowercased()] {
                keys += loop
            } else if let found = PlannedResource.find(name, in: self.resources) {
                keys.append(found.key)
            } else {
                throw .invalid(
                    "The resource '\(name)' is not defined in the template. Please see https://aka.ms/arm-syntax for usage "
                        + "details."
                )
            }
        }
        return keys
    }

    /// The resources to which `reference` and `list…` refer by their names.
    ///
    /// Source: "Resource functions for ARM templates": a reference by an id is no dependency.
    private func implicit(_ resource: PlannedResource) -> [String] {
        var vocabulary = self.vocabulary
        vocabulary.loops = resource.loops
        let evaluator = ExpressionEvaluator(vocabulary)
        let calls = TemplateText.expressions(in: resource.content).flatMap(\.calls)
        return calls.compactMap { call -> String? in
            let name = call.name.lowercased()
            guard name == "reference" || name.hasPrefix("list"), let argument = call.arguments.first,
                let target = try? evaluator.value(of: argument).string, !target.hasPrefix("/")
            else { return nil }
            return PlannedResource.find(target, in: self.resources)?.key
        }
    }

    private static func checkOrder(_ resources: [PlannedResource]) throws(TemplateMistake) {
        var waiting = resources
        var done: Set<String> = []
        while !waiting.isEmpty {
            let ready = waiting.filter { $0.dependencies.allSatisfy(done.contains) }
            guard !ready.isEmpty else {
                throw .invalid(
                    "Circular dependency detected on resource: '\(waiting[0].id)'. Please see "
                        + "https://aka.ms/arm-syntax-resources for usage details."
                )
            }
            done.formUnion(ready.map(\.key))
            waiting.removeAll { done.contains($0.key) }
        }
    }
}

extension PlannedResource {
    /// The resource that a name means: a symbolic name, an id, a type with a name, or a name alone.
    static func find(_ name: String, in resources: [PlannedResource]) -> PlannedResource? {
        let folded = name.lowercased()
        return resources.first { $0.symbolicName?.lowercased() == folded } ?? resources.first { $0.key == folded }
            ?? resources.first { "\($0.type)/\($0.name)".lowercased() == folded || $0.path == folded }
            ?? resources.first { $0.isGroup && folded.hasSuffix("/providers/\($0.type)/\($0.name)".lowercased()) }
            ?? resources.first { $0.name.lowercased() == folded }
    }

    /// Whether it is a resource group, whose id of the form of other resources templates use too.
    private var isGroup: Bool { self.type.lowercased() == "microsoft.resources/resourcegroups" }

    /// Types and names in turn, in lower case, as an id ends.
    private var path: String {
        self.key.split(separator: "/providers/", maxSplits: 1).last.map(String.init) ?? self.key
    }
}
