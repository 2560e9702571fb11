import EmulatorRuntime

/// What starts runs of a workflow.
package struct WorkflowTrigger: Sendable, Equatable {
    /// The name, which no other trigger of the workflow has.
    package let name: String
    /// The type as it was written.
    package let type: String
    /// When it fires by itself; nil for a trigger that is called.
    package let recurrence: Recurrence?
    /// How many runs may go on at once; nil for any number.
    package let runLimit: Int?

    /// Reads a trigger.
    static func read(_ name: String, _ json: JSON) throws(WorkflowMistake) -> WorkflowTrigger {
        guard let type = json.member("type")?.string else {
            throw .invalid("The template trigger '\(name)' is missing the required property 'type'.")
        }
        let recurrence: Recurrence?
        switch type.lowercased() {
        case "recurrence":
            guard let timing = json.member("recurrence"), timing.object != nil else {
                throw .invalid("The template trigger '\(name)' is missing the required property 'recurrence'.")
            }
            recurrence = try Recurrence.read(timing, of: name)
        case "request": recurrence = nil
        default: throw .notEmulated("triggers of the type '\(type)' ('\(name)')")
        }
        let runs = json.member(at: "runtimeConfiguration", "concurrency", "runs")
        let isSingle = ActionReader.options(json).contains("singleinstance")
        if let runs, runs.integer.map({ (1...100).contains($0) }) != true {
            throw .invalid("The concurrency of template trigger '\(name)' needs 'runs' from 1 to 100.")
        }
        if runs != nil, isSingle {
            throw .invalid(
                "The template trigger '\(name)' cannot have both a concurrency and the operation option 'SingleInstance'."
            )
        }
        return WorkflowTrigger(
            name: name,
            type: type,
            recurrence: recurrence,
            runLimit: isSingle ? 1 : runs?.integer
        )
    }
}
