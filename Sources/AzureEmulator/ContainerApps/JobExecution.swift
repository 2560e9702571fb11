import EmulatorRuntime
import Foundation

/// One execution of a job: running, or ended.
struct JobExecution: Sendable, Equatable, Codable {
    /// How an execution stands.
    ///
    /// Source: `JobExecutionRunningState` of the specification of Microsoft.App, 2025-07-01.
    enum Status: String, Sendable, Codable {
        case running = "Running"
        case succeeded = "Succeeded"
        case failed = "Failed"
        case stopped = "Stopped"
    }

    /// The resource id.
    var id: Scope
    /// The job.
    var job: Scope
    /// What began it: `Schedule` or `Manual`.
    var trigger: String
    /// The object id of who began it; nil for a schedule.
    var callerID: String?
    /// The template that it runs.
    var template: JSON
    /// When it began.
    var startedAt: Date
    /// When it ended; nil while it runs.
    var endedAt: Date?
    /// How it stands.
    var status = Status.running
    /// Whether somebody asked to stop it.
    var isStopping = false
    /// The exit codes of its containers, in the order in which they ended.
    var exitCodes: [Int] = []
    /// The end of what its containers wrote.
    var log = ""

    /// The name, the last segment of the id.
    var name: String { self.id.segments.last.map(String.init) ?? "" }

    /// The execution as the provider shows it.
    var json: JSON {
        [
            "id": .string(self.id.path), "name": .string(self.name), "type": "Microsoft.App/jobs/executions",
            "properties": [
                "status": .string(self.status.rawValue), "startTime": .string(Instant.text(self.startedAt)),
                "endTime": .optional(self.endedAt.map(Instant.text)), "template": self.template,
            ],
        ]
    }

    /// The execution as the account for tests shows it.
    var account: JSON {
        [
            "job": .string(self.job.path), "execution": .string(self.name), "trigger": .string(self.trigger),
            "principal": .optional(self.callerID), "status": .string(self.status.rawValue),
            "startedAt": .string(Instant.text(self.startedAt)), "endedAt": .optional(self.endedAt.map(Instant.text)),
            "exitCodes": .array(self.exitCodes.map(JSON.integer)), "log": .string(self.log),
        ]
    }
}
