import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// What can be asked of the triggers of a workflow: their state and history, and to fire now.
struct WorkflowTriggerRoutes {
    let call: ManagementCall
    let links: SignedWorkflowLinks

    func response() throws -> EmulatedResponse {
        switch (self.call.path.rest.count, self.call.path.part(4), self.call.request.method) {
        case (3, _, .get): return try self.list()
        case (4, _, .get): return try self.show()
        case (5, "run"?, .post): return try self.run()
        case (5, "listcallbackurl"?, .post): return try self.callbackURL()
        case (5...6, "histories"?, .get): return try self.histories()
        case (3...4, _, _), (5, "run"?, _), (5, "listcallbackurl"?, _), (5...6, "histories"?, _):
            throw ManagementError.methodNotAllowed(self.call.request.method)
        default:
            throw ManagementError.unknownType(
                self.call.path.type,
                namespace: "Microsoft.Logic",
                version: self.call.version
            )
        }
    }

    private func found(
        for action: String,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> (KeptResource, WorkflowTrigger) {
        let workflow = try self.call.workflow(for: action, in: state, now: now)
        let name = self.call.path.rest[3]
        guard let trigger = try WorkflowKind.checked(workflow.properties).trigger(named: name) else {
            throw .workflowPartNotFound("WorkflowTriggerNotFound", workflow.name, "trigger '\(name)'")
        }
        return (workflow, trigger)
    }

    private func list() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let workflow = try self.call.workflow(for: "triggers/read", in: state, now: now)
            let triggers = try WorkflowKind.checked(workflow.properties).triggers
            let view = WorkflowTriggerView(workflow: workflow, history: state.workflows[workflow.id], now: now)
            return self.call.page(triggers.map(view.json), size: state.world.rules.pageSize)
        }
    }

    private func show() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let (workflow, trigger) = try self.found(for: "triggers/read", in: state, now: now)
            let view = WorkflowTriggerView(workflow: workflow, history: state.workflows[workflow.id], now: now)
            return .json(view.json(trigger))
        }
    }

    private func run() throws -> EmulatedResponse {
        let run = try self.call.cloud.change { state, now in
            let (workflow, trigger) = try self.found(for: "triggers/run/action", in: state, now: now)
            let body = try self.call.body()
            let started = try WorkflowInvocation(cloud: self.call.cloud, state: state, now: now)
                .start(workflow, trigger, outputs: ["body": body])
            return ([started.change], started.run)
        }
        return WorkflowInvocation.accepted(run)
    }

    private func callbackURL() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let (workflow, trigger) = try self.found(for: "triggers/listCallbackUrl/action", in: state, now: now)
            return .json(self.links.callback(of: trigger.name, workflow))
        }
    }

    private func histories() throws -> EmulatedResponse {
        let filter = try HistoryFilter(self.call.request.query("$filter"))
        return try self.call.cloud.read { state, now in
            let (workflow, trigger) = try self.found(for: "triggers/histories/read", in: state, now: now)
            let history = state.workflows[workflow.id]
            let view = WorkflowTriggerView(workflow: workflow, history: history, now: now)
            let items = (history?.firings ?? []).filter { $0.trigger == trigger.name }.reversed().map(view.json)
            guard self.call.path.rest.count == 6 else {
                let wanted = items.filter { filter.matches($0["properties"] ?? [:]) }
                return self.call.page(wanted, size: state.world.rules.pageSize)
            }
            let name = self.call.path.rest[5]
            guard let item = items.first(where: { $0["name"]?.string == name.uppercased() }) else {
                let part = "trigger '\(trigger.name)' history '\(name)'"
                throw ManagementError.workflowPartNotFound("WorkflowTriggerHistoryNotFound", workflow.name, part)
            }
            return .json(item)
        }
    }
}
