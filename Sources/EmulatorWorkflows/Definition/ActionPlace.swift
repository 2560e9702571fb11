/// Where an action stands in a definition.
struct ActionPlace: Sendable, Equatable {
    let action: WorkflowAction
    /// The actions that it is in, the outermost first.
    let containers: [WorkflowAction]

    /// The names of the loops that it is in, the outermost first.
    var loops: [String] { self.containers.filter(\.isLoop).map(\.name) }

    /// All actions of a tree, by their names in lower case.
    static func all(in actions: [WorkflowAction]) throws(WorkflowMistake) -> [String: ActionPlace] {
        var places: [String: ActionPlace] = [:]
        try self.gather(actions, in: [], into: &places)
        // Source: "Limits and configuration reference for Azure Logic Apps".
        guard places.count <= 500 else { throw .invalid("The definition has more than 500 actions.") }
        return places
    }

    private static func gather(
        _ actions: [WorkflowAction],
        in containers: [WorkflowAction],
        into places: inout [String: ActionPlace]
    ) throws(WorkflowMistake) {
        for action in actions {
            let place = ActionPlace(action: action, containers: containers)
            guard places.updateValue(place, forKey: action.name.lowercased()) == nil else {
                throw .invalid("The template action name '\(action.name)' is used more than once.")
            }
            for group in action.groups { try self.gather(group, in: containers + [action], into: &places) }
        }
    }
}
