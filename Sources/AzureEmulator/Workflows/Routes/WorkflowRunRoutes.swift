import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// What can be asked of the runs of a workflow, and of their actions.
struct WorkflowRunRoutes {
    let call: ManagementCall
    let links: SignedWorkflowLinks

    func response() throws -> EmulatedResponse {
        let rest = self.call.path.rest
        switch (rest.count, self.call.path.part(4), self.call.path.part(6), self.call.request.method) {
        case (3, _, _, .get): return try self.list()
        case (4, _, _, .get): return try self.show()
        case (5, "cancel"?, _, .post): return try self.cancel()
        case (5, "actions"?, _, .get): return try self.listActions()
        case (6, "actions"?, _, .get): return try self.showAction()
        case (7...8, "actions"?, "repetitions"?, .get), (7...8, "actions"?, "scoperepetitions"?, .get):
            return try self.repetitions()
        case (3...4, _, _, _), (5, "cancel"?, _, _), (5...6, "actions"?, _, _):
            throw ManagementError.methodNotAllowed(self.call.request.method)
        default:
            throw ManagementError.unknownType(
                self.call.path.type,
                namespace: "Microsoft.Logic",
                version: self.call.version
            )
        }
    }

    private func view(_ workflow: KeptResource) -> WorkflowRunView {
        WorkflowRunView(workflow: workflow, links: self.links)
    }

    private func list() throws -> EmulatedResponse {
        let filter = try HistoryFilter(self.call.request.query("$filter"))
        return try self.call.cloud.read { state, now in
            let workflow = try self.call.workflow(for: "runs/read", in: state, now: now)
            let runs = state.workflows[workflow.id]?.newestRuns ?? []
            let items = runs.map(self.view(workflow).json).filter { filter.matches($0["properties"] ?? [:]) }
            return self.call.page(items, size: state.world.rules.pageSize)
        }
    }

    private func run(
        for action: String,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> (KeptResource, WorkflowRun) {
        let workflow = try self.call.workflow(for: action, in: state, now: now)
        let name = self.call.path.rest[3]
        guard let run = state.workflows[workflow.id]?.runs[name.uppercased()] else {
            throw .workflowPartNotFound("WorkflowRunNotFound", workflow.name, "run '\(name)'")
        }
        return (workflow, run)
    }

    private func show() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let (workflow, run) = try self.run(for: "runs/read", in: state, now: now)
            return .json(self.view(workflow).json(run))
        }
    }

    private func cancel() throws -> EmulatedResponse {
        try self.call.cloud.change { state, now in
            let (workflow, run) = try self.run(for: "runs/cancel/action", in: state, now: now)
            guard run.head.status.isActive else {
                // That it is refused is inferred; code and words are ours.
                throw ManagementError(
                    status: .conflict,
                    code: "WorkflowRunNotActive",
                    message:
                        "The run '\(run.head.id)' cannot be cancelled: its status is '\(run.head.status.rawValue)'."
                )
            }
            var cancelled = run
            cancelled.cancel(at: now)
            return ([.workflow(workflow.id, .progressed(run.head.id, cancelled.change(since: run)))], ())
        }
        return EmulatedResponse(status: .ok)
    }

    private func listActions() throws -> EmulatedResponse {
        let filter = try HistoryFilter(self.call.request.query("$filter"))
        return try self.call.cloud.read { state, now in
            let (workflow, run) = try self.run(for: "runs/actions/read", in: state, now: now)
            let items = self.view(workflow).actions(of: run).filter { filter.matches($0["properties"] ?? [:]) }
            return self.call.page(items, size: state.world.rules.pageSize)
        }
    }

    private func showAction() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let (workflow, run) = try self.run(for: "runs/actions/read", in: state, now: now)
            let name = self.call.path.rest[5]
            let found = self.view(workflow).actions(of: run).first {
                $0["name"]?.string?.caseInsensitiveCompare(name) == .orderedSame
            }
            guard let found else { throw Self.noAction(name, workflow, run) }
            return .json(found)
        }
    }

    private static func noAction(_ name: String, _ workflow: KeptResource, _ run: WorkflowRun) -> ManagementError {
        let part = "run '\(run.head.id)' action '\(name)'"
        return .workflowPartNotFound("WorkflowRunActionNotFound", workflow.name, part)
    }

    private func repetitions() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let (workflow, run) = try self.run(for: "runs/actions/read", in: state, now: now)
            let rest = self.call.path.rest
            let items = self.view(workflow).repetitions(of: rest[5], in: run, kind: rest[6])
            guard !items.isEmpty || rest.count == 7 else { throw Self.noAction(rest[5], workflow, run) }
            guard rest.count == 8 else { return self.call.page(items, size: state.world.rules.pageSize) }
            guard let item = items.first(where: { $0["name"]?.string == rest[7] }) else {
                throw Self.noAction("\(rest[5])' repetition '\(rest[7])", workflow, run)
            }
            return .json(item)
        }
    }
}
