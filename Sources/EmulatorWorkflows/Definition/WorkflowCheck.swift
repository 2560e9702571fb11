/// Whether the actions of a definition can run in an order, and its variables are there when they are changed.
///
/// Source: the words on `runAfter` by public reports; the rest is worded here.
struct WorkflowCheck {
    let definition: WorkflowDefinition

    func check() throws(WorkflowMistake) {
        // Source: "Limits and configuration reference for Azure Logic Apps".
        guard self.definition.triggers.count <= 10 else { throw .invalid("The definition has more than 10 triggers.") }
        guard self.definition.parameters.count <= 50 else {
            throw .invalid("The definition has more than 50 parameters.")
        }
        try self.checkOrder(of: self.definition.actions)
        try self.checkVariables()
    }

    private func checkOrder(of group: [WorkflowAction]) throws(WorkflowMistake) {
        let names = Set(group.map { $0.name.lowercased() })
        for action in group {
            for predecessor in action.runAfter where !names.contains(predecessor.name.lowercased()) {
                throw .invalid(
                    "The 'runAfter' property of template action '\(action.name)' contains non-existent action: "
                        + "'\(predecessor.name)'."
                )
            }
        }
        var done: Set<String> = []
        var rest = group
        while !rest.isEmpty {
            let ready = rest.filter { $0.runAfter.allSatisfy { done.contains($0.name.lowercased()) } }
            guard !ready.isEmpty else {
                throw .invalid(
                    "The template actions '\(rest.map(\.name).joined(separator: ", "))' run after each other in a circle."
                )
            }
            done.formUnion(ready.map { $0.name.lowercased() })
            rest.removeAll { done.contains($0.name.lowercased()) }
        }
        for action in group {
            for inner in action.groups { try self.checkOrder(of: inner) }
        }
    }

    private func checkVariables() throws(WorkflowMistake) {
        var declared: Set<String> = []
        for place in self.definition.places.values {
            guard case .initialize(let variables) = place.action.kind else { continue }
            guard place.containers.isEmpty else {
                throw .invalid(
                    "The template action '\(place.action.name)' initializes a variable and is not at the top of the workflow."
                )
            }
            for variable in variables where !declared.insert(variable.name.lowercased()).inserted {
                throw .invalid("The variable '\(variable.name)' is initialized more than once.")
            }
        }
        for place in self.definition.places.values {
            guard case .change(_, let name, _) = place.action.kind, !declared.contains(name.lowercased()) else {
                continue
            }
            throw .invalid(
                "The inputs of template action '\(place.action.name)' are not valid: the variable '\(name)' must be "
                    + "initialized before it can be used inside action '\(place.action.name)'."
            )
        }
    }
}
