import BackupDomain

/// What a template's resources refer to, and whether it is certain to be there before: Azure waits for what `dependsOn` names, and
/// passes over what a condition leaves out together with all that only it waited for.
struct DependencyLint {
    /// A reference that may come too early.
    struct Finding: Hashable {
        /// The name of the resource that refers, as the template writes it.
        var resource: String
        /// The name of what it refers to.
        var target: String
    }

    private(set) var findings: Set<Finding> = []

    /// Checks the outer resources of a template; what is nested is evaluated on its own.
    init(_ template: JSONValue) {
        let variables = (template["variables"]?.object ?? [:]).compactMapValues { $0.string?.expression }
        let resources = (template["resources"]?.array ?? []).map { Resource($0, variables) }
        for resource in resources {
            var known: Set<String> = []
            var next = resource.dependsOn
            while let entry = next.popLast() {
                guard let target = resources.first(where: { $0.isNamed(by: entry) }),
                    known.insert(target.name).inserted
                else { continue }
                if !target.isConditional { next += target.dependsOn }
            }
            for reference in resource.references {
                guard let target = resources.first(where: { $0.isNamed(by: reference) }), !known.contains(target.name)
                else { continue }
                self.findings.insert(Finding(resource: resource.name, target: target.name))
            }
        }
    }

    private struct Resource {
        var name: String
        var isConditional: Bool
        var dependsOn: [String]
        var references: [String]

        init(_ json: JSONValue, _ variables: [String: String]) {
            self.name = json["name"]?.string?.expression ?? ""
            self.isConditional = json["condition"] != nil
            self.dependsOn = (json["dependsOn"]?.array ?? []).compactMap { $0.string?.expression.resolved(variables) }
            var own = json.object ?? [:]
            if let nested = json["properties"]?["parameters"], json["properties"]?["template"] != nil {
                own["properties"] = nested
            }
            self.references = Self.texts(.object(own)).flatMap { text in
                text.split(separator: "reference(").dropFirst().map { String($0.firstArgument).resolved(variables) }
            }
        }

        /// An id is written with the resource's name in it.
        func isNamed(by id: String) -> Bool { !self.name.isEmpty && id.contains(self.name) }

        private static func texts(_ value: JSONValue) -> [String] {
            switch value {
            case .string(let text): [text]
            case .array(let elements): elements.flatMap(Self.texts)
            case .object(let members): members.values.flatMap(Self.texts)
            default: []
            }
        }
    }
}

extension String {
    fileprivate var expression: String { self.hasPrefix("[") ? String(self.dropFirst().dropLast()) : self }

    /// The text, or what the variable holds that it is.
    fileprivate func resolved(_ variables: [String: String]) -> String {
        variables.first { "variables('\($0.key)')" == self }?.value ?? self
    }
}

extension Substring {
    /// What stands before the first comma or bracket that closes what was open before.
    fileprivate var firstArgument: Substring {
        var depth = 0
        for index in self.indices {
            switch self[index] {
            case "(": depth += 1
            case ")" where depth == 0, "," where depth == 0: return self[..<index]
            case ")": depth -= 1
            default: break
            }
        }
        return self
    }
}
