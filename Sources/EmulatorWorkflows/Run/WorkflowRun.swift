package import EmulatorRuntime
package import Foundation

/// One run of a workflow: a value that says all that has happened, and what is to happen next.
package struct WorkflowRun: Sendable, Equatable, Codable {
    /// What is told of the run itself.
    package var head: Head
    /// What is told of its actions.
    package var records: [ActionKey: ActionRecord] = [:]

    /// What is told of a run itself.
    package struct Head: Sendable, Equatable, Codable {
        /// The run's name, of which later ones come first in the order of text.
        package let id: String
        /// The version of the workflow that it runs.
        package let version: String
        /// What started it.
        package let trigger: StartedTrigger
        /// Where it stands.
        package var status = ActionStatus.running
        /// How it ended in a word.
        package var code: String?
        /// `code` and `message` of a failure.
        package var error: JSON?
        /// When it began.
        package let startedAt: Date
        /// When it ended.
        package var endedAt: Date?
        /// Names the run in logs, and in the calls that it makes.
        package let trackingID: String
        /// The outputs, once it has ended.
        package var outputs: JSON?
        /// The variables by their names in lower case.
        var variables: [String: Variable] = [:]
    }

    /// A variable and its value.
    struct Variable: Sendable, Equatable, Codable {
        let name: String
        let type: VariableType
        var value: JSON
    }

    /// Starts a run.
    ///
    /// - Parameters:
    ///   - id: The run's name.
    ///   - version: The version of the workflow.
    ///   - trigger: What started it.
    ///   - now: When that was.
    ///   - trackingID: Names the run in logs.
    package init(id: String, version: String, trigger: StartedTrigger, now: Date, trackingID: String) {
        self.head = Head(id: id, version: version, trigger: trigger, startedAt: now, trackingID: trackingID)
    }

    /// Ends the run from outside.
    ///
    /// - Parameter now: When that was.
    package mutating func cancel(at now: Date) {
        self.end(.cancelled, at: now, code: "WorkflowRunCancelled", error: nil)
    }

    /// Ends the run, and what of it still goes on.
    mutating func end(_ status: ActionStatus, at now: Date, code: String?, error: JSON?) {
        self.head.status = status
        self.head.code = code
        self.head.error = error
        self.head.endedAt = now
        for (key, record) in self.records where record.status.isActive {
            self.records[key]?.status = .cancelled
            self.records[key]?.code = "ActionCancelled"
            self.records[key]?.endedAt = now
            self.records[key]?.progress = nil
        }
    }

    /// What changed since an earlier state of the run.
    ///
    /// - Parameter old: The earlier state.
    /// - Returns: The change.
    package func change(since old: WorkflowRun) -> Change {
        Change(head: self.head, records: self.records.filter { old.records[$0.key] != $0.value }.map(\.value))
    }

    /// What changed in a run.
    package struct Change: Sendable, Equatable, Codable {
        /// What is told of the run itself now.
        package let head: Head
        /// The records that are new or changed.
        package let records: [ActionRecord]
    }

    /// Puts a change into effect.
    ///
    /// - Parameter change: The change.
    package mutating func apply(_ change: Change) {
        self.head = change.head
        for record in change.records { self.records[record.key] = record }
    }
}

/// What started a run.
package struct StartedTrigger: Sendable, Equatable, Codable {
    /// The trigger's name.
    package let name: String
    /// The time of its schedule, where it fired by that.
    package let scheduledAt: Date?
    /// When it fired.
    package let firedAt: Date
    /// What was sent to it.
    package let outputs: JSON

    /// Creates the account of a trigger.
    package init(name: String, scheduledAt: Date?, firedAt: Date, outputs: JSON = .null) {
        self.name = name
        self.scheduledAt = scheduledAt
        self.firedAt = firedAt
        self.outputs = outputs
    }

    /// The trigger as `trigger()` shows it.
    var json: JSON {
        [
            "name": .string(self.name), "status": "Succeeded", "startTime": .string(RunTime.text(self.firedAt)),
            "endTime": .string(RunTime.text(self.firedAt)),
            "scheduledTime": .optional(self.scheduledAt.map(RunTime.text)), "outputs": self.outputs,
        ]
    }
}
