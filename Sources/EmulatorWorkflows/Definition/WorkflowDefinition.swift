import EmulatorExpressions
package import EmulatorRuntime

/// A workflow as its author wrote it, read and checked.
///
/// Source: "Schema reference for the Workflow Definition Language".
package struct WorkflowDefinition: Sendable, Equatable {
    /// The parameters that are declared.
    package let parameters: [WorkflowParameter]
    /// The triggers.
    package let triggers: [WorkflowTrigger]
    /// The actions at the top.
    package let actions: [WorkflowAction]
    /// The outputs of a run, not evaluated.
    let outputs: [JSON.Member]
    /// All actions by their names in lower case, with the loops that each is in.
    let places: [String: ActionPlace]

    /// Reads and checks a definition.
    ///
    /// - Parameter json: The definition.
    /// - Throws: ``WorkflowMistake`` as Azure words it, or for what is not emulated.
    package init(_ json: JSON) throws(WorkflowMistake) {
        guard json.object != nil else { throw .invalid("The definition must be an object.") }
        guard json.member("$schema")?.string?.contains("workflowdefinition.json") == true else {
            throw .invalid("The definition is missing its '$schema', or has one that is not of workflows.")
        }
        guard json.member("contentVersion")?.string != nil else {
            throw .invalid("The definition is missing the required property 'contentVersion'.")
        }
        var parameters: [WorkflowParameter] = []
        for member in json.member("parameters")?.object ?? [] {
            parameters.append(try WorkflowParameter.read(member.name, member.value))
        }
        var triggers: [WorkflowTrigger] = []
        for member in json.member("triggers")?.object ?? [] {
            triggers.append(try WorkflowTrigger.read(member.name, member.value))
        }
        let actions = try ActionReader(depth: 1).actions(json.member("actions"), of: "the definition")
        self.parameters = parameters
        self.triggers = triggers
        self.actions = actions
        self.outputs = json.member("outputs")?.object ?? []
        self.places = try ActionPlace.all(in: actions)
        try WorkflowCheck(definition: self).check()
        try ReferenceCheck(definition: self).check(json)
    }

    /// The action of a name, in any case.
    package func action(named name: String) -> WorkflowAction? { self.places[name.lowercased()]?.action }

    /// The trigger of a name, in any case.
    package func trigger(named name: String) -> WorkflowTrigger? {
        self.triggers.first { $0.name.lowercased() == name.lowercased() }
    }
}
