import EmulatorRuntime
import Foundation

/// Begins executions of jobs when their schedules say so.
struct JobScheduler: Sendable {
    let cloud: Cloud

    /// The longest time that a start is late; what was missed before, since the emulator was not running, is not made up.
    ///
    /// Whether Azure makes up for anything is not documented.
    private static let patience = 3600.0

    /// Begins what is due.
    ///
    /// - Returns: When the next execution is due, where there is one.
    func advance() throws -> Date? {
        let identifiers = self.cloud.identifiers
        return try self.cloud.change { state, now in
            var changes: [CloudChange] = []
            var next: Date?
            for job in state.resources.values where job.type == "Microsoft.App/jobs" {
                guard let definition = try? JobDefinition(job.properties), case .schedule(let cron) = definition.trigger
                else { continue }
                let looked = max(state.jobLooks[job.id] ?? job.changedAt, now.addingTimeInterval(-Self.patience))
                var due: Date?
                var coming = cron.next(after: looked)
                while let time = coming, time <= now {
                    due = time
                    coming = cron.next(after: time)
                }
                if let coming { next = min(next ?? coming, coming) }
                guard due != nil else { continue }
                let suffix = identifiers.nextText().filter { $0 != "-" }.prefix(8)
                let execution = JobExecution(
                    id: job.id.appending("executions/\(job.name)-\(suffix)"),
                    job: job.id,
                    trigger: "Schedule",
                    template: job.properties.member("template") ?? [:],
                    startedAt: now
                )
                changes += state.beginning(execution) + [.jobLook(job.id, now)]
            }
            return (changes, next)
        }
    }
}
