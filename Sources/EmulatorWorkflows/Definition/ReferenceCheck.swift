import EmulatorExpressions
import EmulatorRuntime

/// Whether what expressions name is there: parameters, variables, and actions that have run before.
///
/// Source: the words on references by public reports.
struct ReferenceCheck {
    let definition: WorkflowDefinition

    private static let ofActions: Set<String> = [
        "actions", "outputs", "actionoutputs", "body", "actionbody", "result", "items", "iterationindexes",
    ]

    func check(_ json: JSON) throws(WorkflowMistake) {
        try self.check(json.member("outputs") ?? .null, in: nil)
        try self.check(actions: json.member("actions"))
    }

    private func check(actions: JSON?) throws(WorkflowMistake) {
        for member in actions?.object ?? [] {
            var own = member.value
            for nested in ["actions", "else", "cases", "default"] { own[nested] = nil }
            try self.check(own, in: member.name)
            try self.check(actions: member.value.member("actions"))
            try self.check(actions: member.value.member(at: "else", "actions"))
            try self.check(actions: member.value.member(at: "default", "actions"))
            for each in member.value.member("cases")?.object ?? [] {
                try self.check(actions: each.value.member("actions"))
            }
        }
    }

    private func check(_ json: JSON, in action: String?) throws(WorkflowMistake) {
        switch json {
        case .string(let text):
            for call in try WorkflowText.read(text).calls { try self.check(call.name, call.arguments, in: action) }
        case .array(let elements): for element in elements { try self.check(element, in: action) }
        case .object(let members):
            for member in members {
                try self.check(.string(member.name), in: action)
                try self.check(member.value, in: action)
            }
        default: break
        }
    }

    private func check(
        _ function: String,
        _ arguments: [ExpressionTree],
        in action: String?
    ) throws(WorkflowMistake) {
        guard case .value(.string(let name))? = arguments.first else { return }
        let folded = name.lowercased()
        let user = action.map { "action '\($0)'" } ?? "the outputs"
        switch function.lowercased() {
        case "parameters":
            guard !self.definition.parameters.contains(where: { $0.name.lowercased() == folded }) else { return }
            throw .invalid("The parameter '\(name)' used in \(user) is not declared in the definition.")
        case "variables":
            let isThere = self.definition.places.values.contains { place in
                guard case .initialize(let variables) = place.action.kind else { return false }
                return variables.contains { $0.name.lowercased() == folded }
            }
            guard !isThere else { return }
            throw .invalid("The variable '\(name)' must be initialized before it can be used inside \(user).")
        case let function where Self.ofActions.contains(function):
            guard let target = self.definition.places[folded] else {
                throw .invalid(
                    "The action(s) '\(name)' referenced by 'inputs' in \(user) are not defined in the template."
                )
            }
            guard let action, let place = self.definition.places[action.lowercased()] else { return }
            guard !self.sees(target, from: place) else { return }
            throw .invalid(
                "The inputs of template action '\(place.action.name)' cannot reference action '\(name)'. Action '\(name)' "
                    + "must either be in 'runAfter' path or be a Trigger"
            )
        default: break
        }
    }

    /// Whether one action may name another: one that it is in, one that is in itself, or one that ran before either.
    private func sees(_ target: ActionPlace, from place: ActionPlace) -> Bool {
        let name = target.action.name
        let chain = place.containers + [place.action]
        if chain.contains(where: { $0.name == name }) { return true }
        let around = target.containers.map(\.name)
        if around.contains(place.action.name) { return true }
        var group = self.definition.actions
        for link in chain {
            let before = self.before(link, in: group)
            if before.contains(name.lowercased()) { return true }
            if around.contains(where: { before.contains($0.lowercased()) }) { return true }
            group =
                link.groups.first { inner in inner.contains { next in chain.contains { $0.name == next.name } } } ?? []
        }
        return false
    }

    private func before(_ action: WorkflowAction, in group: [WorkflowAction]) -> Set<String> {
        var found: Set<String> = []
        var open = action.runAfter.map { $0.name.lowercased() }
        while let name = open.popLast() {
            guard found.insert(name).inserted, let next = group.first(where: { $0.name.lowercased() == name }) else {
                continue
            }
            open += next.runAfter.map { $0.name.lowercased() }
        }
        return found
    }
}
