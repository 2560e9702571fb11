import EmulatorExpressions
package import EmulatorRuntime

/// One action of a workflow.
///
/// Source: "Trigger and action types reference for Workflow Definition Language".
package struct WorkflowAction: Sendable, Equatable {
    /// The name, which no other action of the workflow has.
    package let name: String
    /// The type as it was written.
    package let type: String
    /// What it does.
    package let kind: Kind
    /// What it runs after; empty for the first ones.
    package let runAfter: [Predecessor]

    /// What an action waits for, and how that must have ended.
    package struct Predecessor: Sendable, Equatable {
        /// The name of an action beside this one.
        package let name: String
        /// The statuses with which this one runs.
        package let statuses: [ActionStatus]
    }

    /// What an action does.
    package enum Kind: Sendable, Equatable {
        case http(HTTPCall)
        case compose(JSON)
        case parseJSON(content: JSON)
        case initialize([VariableDeclaration])
        case change(VariableChange, name: String, value: JSON)
        case wait(JSON)
        case terminate(status: ActionStatus, error: JSON?)
        case filter(from: JSON, condition: String)
        case select(from: JSON, shape: JSON)
        case join(from: JSON, separator: JSON)
        case group([WorkflowAction])
        case branch(JSON, then: [WorkflowAction], otherwise: [WorkflowAction])
        case choice(JSON, cases: [Case], standard: [WorkflowAction])
        case forEach(JSON, [WorkflowAction], width: Int)
        case until(UntilLoop)
    }

    /// One case of a `Switch`.
    package struct Case: Sendable, Equatable {
        let value: JSON
        let actions: [WorkflowAction]
    }

    /// The groups of actions in it: the branches of a condition, or the one of a loop.
    package var groups: [[WorkflowAction]] {
        switch self.kind {
        case .group(let actions), .forEach(_, let actions, _): [actions]
        case .branch(_, let then, let otherwise): [then, otherwise]
        case .choice(_, let cases, let standard): cases.map(\.actions) + [standard]
        case .until(let loop): [loop.actions]
        default: []
        }
    }

    /// Whether what is in it happens again and again.
    var isLoop: Bool {
        switch self.kind {
        case .forEach, .until: true
        default: false
        }
    }
}
