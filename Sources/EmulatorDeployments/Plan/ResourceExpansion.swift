import EmulatorExpressions
import EmulatorRuntime

/// Makes planned resources of the declarations of a template: loops in turns, children beside their parents.
struct ResourceExpansion {
    let vocabulary: TemplateVocabulary
    private(set) var resources: [PlannedResource] = []
    /// The keys of the resources that each loop makes, by the loop's name in lower case.
    private(set) var loops: [String: [String]] = [:]

    private struct Parent {
        var type: String
        var name: String
        var loops: [LoopIndex]
    }

    init(_ vocabulary: TemplateVocabulary) throws(TemplateMistake) {
        self.vocabulary = vocabulary
        for (symbolicName, declaration) in vocabulary.template.resources {
            try self.expand(declaration, symbolicName: symbolicName, parent: nil)
        }
        var seen: Set<String> = []
        for resource in self.resources where !resource.isExisting && !seen.insert(resource.key).inserted {
            throw .invalid(
                "The resource '\(resource.id)' is defined multiple times in a template. Please see "
                    + "https://aka.ms/arm-syntax-resources for usage details."
            )
        }
    }

    private mutating func expand(
        _ declaration: JSON,
        symbolicName: String?,
        parent: Parent?
    ) throws(TemplateMistake) {
        guard declaration.object != nil else { throw .malformed("A resource of the template is not an object.") }
        guard let copy = declaration.member("copy") else {
            return try self.add(declaration, symbolicName: symbolicName, loop: nil, parent: parent)
        }
        let evaluator = TemplateEvaluator(self.vocabulary(parent?.loops ?? []))
        guard let name = copy.member("name")?.string, let written = copy.member("count") else {
            throw .malformed("The loop of a resource needs 'name' and 'count'.")
        }
        let count = try evaluator.value(of: written, at: "the loop '\(name)'")
        guard let number = count.integer, (0...800).contains(number) else {
            throw .invalid("The loop '\(name)' needs a count from 0 to 800; it is '\(count.display)'.")
        }
        let isSerial = copy.member("mode")?.string?.lowercased() == "serial"
        let batch = max(1, copy.member("batchSize")?.integer ?? 1)
        let start = self.resources.count
        for index in 0..<number {
            let first = self.resources.count
            let loop = LoopIndex(name: name, index: index, isOfResource: true)
            let symbol = symbolicName.map { "\($0)[\(index)]" }
            try self.add(declaration, symbolicName: symbol, loop: loop, parent: parent)
            self.loops[name.lowercased(), default: []].append(self.resources[first].key)
            if let symbolicName { self.loops[symbolicName.lowercased(), default: []].append(self.resources[first].key) }
            if isSerial, index >= batch {
                let earlier = self.resources[start..<first].prefix(index / batch * batch).map(\.key)
                self.resources[first].dependencies += earlier
            }
        }
        if number == 0 { self.loops[name.lowercased(), default: []] += [] }
    }

    private func vocabulary(_ loops: [LoopIndex]) -> TemplateVocabulary {
        var vocabulary = self.vocabulary
        vocabulary.loops = loops
        return vocabulary
    }

    private mutating func add(
        _ declaration: JSON,
        symbolicName: String?,
        loop: LoopIndex?,
        parent: Parent?
    ) throws(TemplateMistake) {
        let loops = (parent?.loops ?? []) + (loop.map { [$0] } ?? [])
        let evaluator = TemplateEvaluator(self.vocabulary(loops))
        var type = try self.text("type", of: declaration, evaluator)
        var name = try self.text("name", of: declaration, evaluator)
        let version = try self.text("apiVersion", of: declaration, evaluator)
        if let parent, !type.lowercased().hasPrefix(parent.type.lowercased() + "/") {
            type = "\(parent.type)/\(type)"
            name = "\(parent.name)/\(name)"
        }
        let isEnabled = try Self.isEnabled(declaration, named: name, evaluator)
        let location = ResourceLocation(
            type: type,
            name: name,
            declaration: declaration,
            evaluator: evaluator,
            place: self.vocabulary.targetPlace
        )
        let (id, nestedPlace) = try location.id()
        self.resources.append(
            PlannedResource(
                key: id.lowercased(),
                id: id,
                type: type,
                name: name,
                apiVersion: version,
                symbolicName: symbolicName,
                isEnabled: isEnabled,
                isExisting: declaration.member("existing")?.bool == true,
                nestedPlace: nestedPlace,
                loops: loops,
                declaration: declaration
            )
        )
        guard nestedPlace == nil else { return }
        for child in declaration.member("resources")?.array ?? [] {
            try self.expand(child, symbolicName: nil, parent: Parent(type: type, name: name, loops: loops))
        }
    }

    private static func isEnabled(
        _ declaration: JSON,
        named name: String,
        _ evaluator: TemplateEvaluator
    ) throws(TemplateMistake) -> Bool {
        let condition = try evaluator.value(
            of: declaration.member("condition") ?? true,
            at: "the condition of '\(name)'"
        )
        guard let isEnabled = condition.bool ?? Self.truth(condition.string) else {
            throw .invalid(
                "The condition of the resource '\(name)' is not a truth value; it is '\(condition.display)'."
            )
        }
        return isEnabled
    }

    private static func truth(_ text: String?) -> Bool? { text.flatMap { Bool($0.lowercased()) } }

    private func text(
        _ property: String,
        of declaration: JSON,
        _ evaluator: TemplateEvaluator
    ) throws(TemplateMistake) -> String {
        let label = declaration.member("name")?.string ?? ""
        guard let written = declaration.member(property) else {
            throw .malformed("Required property '\(property)' of the template resource '\(label)' not found in JSON.")
        }
        let value = try evaluator.value(of: written, at: "the '\(property)' of the resource '\(label)'")
        guard let text = value.string, !text.isEmpty else {
            throw .invalid("The '\(property)' of the template resource '\(label)' is not a string with characters.")
        }
        return text
    }
}
