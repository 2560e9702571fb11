import EmulatorRuntime
import Foundation
import HTTPTypes

/// What can be asked of a job beside what every resource can: start, stop, executions, secrets.
struct JobRoutes {
    let call: ManagementCall

    private var id: Scope { self.call.path.resourceScope ?? self.call.path.scope }

    private func job(for action: String, in state: CloudState, now: Date) throws(ManagementError) -> KeptResource {
        try self.call.require("Microsoft.App/jobs/\(action)", at: self.id, in: state, now: now)
        guard let job = state.resources[self.id] else {
            throw .resourceNotFound("Microsoft.App/jobs", name: self.call.path.rest[1], group: self.id.groupName ?? "")
        }
        return job
    }

    /// Begins an execution; a body gives it another template.
    func start() throws -> EmulatedResponse {
        let body = try self.call.body()
        let suffix = self.call.cloud.identifiers.nextText().filter { $0 != "-" }.prefix(8)
        let execution = try self.call.cloud.change { state, now in
            let job = try self.job(for: "start/action", in: state, now: now)
            var execution = JobExecution(
                id: job.id.appending("executions/\(job.name)-\(suffix)"),
                job: job.id,
                trigger: "Manual",
                callerID: self.call.caller.objectID,
                template: job.properties.member("template") ?? [:],
                startedAt: now
            )
            let sent: JSON? = body.member("containers") == nil ? body.member("template") : body
            if let template = sent {
                execution.template = template
                var properties = job.properties
                properties["template"] = template
                _ = try JobDefinition(properties)
            }
            return (state.beginning(execution), execution)
        }
        return .json(["name": .string(execution.name), "id": .string(execution.id.path)])
    }

    /// Asks to stop one execution, or all that run.
    func stop(_ name: String?) throws -> EmulatedResponse {
        let stopped = try self.call.cloud.change { state, now in
            let job = try self.job(for: "stop/action", in: state, now: now)
            let running = state.executions(of: job.id).filter { execution in
                execution.endedAt == nil && name.map { execution.name.lowercased() == $0.lowercased() } ?? true
            }
            if let name, running.isEmpty { _ = try self.execution(name, of: job, in: state) }
            let stopping = running.map { execution in
                var execution = execution
                execution.isStopping = true
                return execution
            }
            return (stopping.map(CloudChange.execution), stopping)
        }
        guard name == nil else { return EmulatedResponse(status: .ok) }
        return .json(["value": .array(stopped.map(\.json))])
    }

    /// The executions, the newest first.
    func list() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let job = try self.job(for: "executions/read", in: state, now: now)
            return self.call.page(state.executions(of: job.id).map(\.json), size: state.world.rules.pageSize)
        }
    }

    func show(_ name: String) throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let job = try self.job(for: "execution/read", in: state, now: now)
            return .json(try self.execution(name, of: job, in: state).json)
        }
    }

    private func execution(
        _ name: String,
        of job: KeptResource,
        in state: CloudState
    ) throws(ManagementError) -> JobExecution {
        let found = state.executions(of: job.id).first { $0.name.caseInsensitiveCompare(name) == .orderedSame }
        guard let found else {
            throw ManagementError(
                status: .notFound,
                code: "JobExecutionNotFound",
                message: "The execution '\(name)' of the job '\(job.name)' was not found."
            )
        }
        return found
    }

    func secrets() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let job = try self.job(for: "listSecrets/action", in: state, now: now)
            let values = job.secrets.member("values")?.object ?? []
            return .json(["value": .array(values.map { ["name": .string($0.name), "value": $0.value] })])
        }
    }
}

extension CloudState {
    /// How many executions a job's history keeps.
    ///
    /// Source: "Jobs in Azure Container Apps": the last 100 executions of a scheduled or event-driven job.
    private static let keptExecutions = 100

    /// The executions of a job, the newest first.
    func executions(of job: Scope) -> [JobExecution] {
        self.executions.values.filter { $0.job == job }.sorted { ($0.startedAt, $0.name) > ($1.startedAt, $1.name) }
    }

    /// The changes that begin an execution: it is noted, and the oldest that ended make room.
    func beginning(_ execution: JobExecution) -> [CloudChange] {
        let ended = self.executions(of: execution.job).filter { $0.endedAt != nil }
        return ended.dropFirst(Self.keptExecutions - 1).map { .executionRemoved($0.id) } + [.execution(execution)]
    }

    /// The machines that stand for jobs: each hands out the job's identities to who knows its secret.
    var jobMachines: [Machine] {
        self.resources.values.filter { $0.type == "Microsoft.App/jobs" }.compactMap { job in
            job.secrets.member("identityHeader")?.string.map { header in
                Machine(
                    systemPrincipalID: job.identity.systemPrincipalID,
                    userAssigned: job.identity.userAssigned,
                    identityHeader: header,
                    resource: job.id
                )
            }
        }
    }
}
