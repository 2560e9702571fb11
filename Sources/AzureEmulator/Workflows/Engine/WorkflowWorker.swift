import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import Synchronization

/// Fires the triggers of workflows when their times come, and carries their runs on.
///
/// Source: "Schedule and run recurring automated tasks": times that passed while nothing ran are not made up for, which here
/// are those while the emulator was stopped.
final class WorkflowWorker: Sendable {
    private let cloud: Cloud
    private let caller: WorkflowCaller
    private let definitions = DefinitionCache()
    private let looks: Mutex<TriggerLooks>
    /// Whether the calls are given up that an earlier life of the emulator left without an answer.
    private let isSettled = Mutex(false)

    /// How many calls of workflows are under way at once.
    private static let width = 8
    /// Source: "Limits and configuration reference": run history of 90 days.
    private static let kept = 90 * 86_400

    init(cloud: Cloud, caller: WorkflowCaller) {
        self.cloud = cloud
        self.caller = caller
        self.looks = Mutex(cloud.read { state, now in TriggerLooks(state.resources.values, now: now) })
    }

    /// Does what can be done now.
    ///
    /// - Returns: When there is something to do next, where that is known.
    func advance() async throws -> Date? {
        let nextFiring = try self.fire()
        while true {
            let (calls, wake) = try self.carryRuns()
            guard !calls.isEmpty else { return [nextFiring, wake].compactMap(\.self).min() }
            try await self.make(calls)
        }
    }

    // MARK: Triggers

    private func fire() throws -> Date? {
        let looks = self.looks.withLock { $0 }
        let (seen, next) = try self.cloud.change { state, now in
            var changes: [CloudChange] = []
            var next: Date?
            for workflow in state.resources.values where workflow.isEnabledWorkflow {
                let times = self.times(of: workflow, after: looks.last(at: workflow), until: now)
                next = [next, times.next].compactMap(\.self).min()
                let history = state.workflows[workflow.id] ?? WorkflowHistory()
                for (trigger, time) in times.due {
                    let start = WorkflowStart(
                        workflow: workflow,
                        trigger: trigger,
                        history: history,
                        now: now,
                        identifiers: self.cloud.identifiers
                    )
                    changes.append(start.change(scheduledAt: time).change)
                }
                if !times.due.isEmpty, let change = self.forgetting(history, of: workflow.id, now) {
                    changes.append(change)
                }
            }
            return (changes, (TriggerLooks(state.resources.values, now: now), next))
        }
        self.looks.withLock { $0 = seen }
        return next
    }

    /// The triggers whose times have come since, with the last of these, and the next time of any.
    private func times(
        of workflow: KeptResource,
        after since: Date,
        until now: Date
    ) -> (due: [(WorkflowTrigger, Date)], next: Date?) {
        var due: [(WorkflowTrigger, Date)] = []
        var next: Date?
        let active = workflow.activeSince
        for trigger in self.definitions.definition(of: workflow)?.triggers ?? [] {
            guard let recurrence = trigger.recurrence else { continue }
            var last: Date?
            var time = recurrence.next(after: since, activeSince: active)
            while let found = time, found <= now {
                last = found
                time = recurrence.next(after: found, activeSince: active)
            }
            if let last { due.append((trigger, last)) }
            next = [next, time].compactMap(\.self).min()
        }
        return (due, next)
    }

    private func forgetting(_ history: WorkflowHistory, of id: Scope, _ now: Date) -> CloudChange? {
        let kept = self.cloud.clock.scaled(.seconds(Self.kept)).components.seconds
        let before = now.addingTimeInterval(-Double(kept))
        guard history.firings.first.map({ $0.firedAt < before }) == true else { return nil }
        return .workflow(id, .forgotten(before: before))
    }

    // MARK: Runs

    /// A call that a run wants made.
    private struct Order: Sendable {
        let workflow: KeptResource
        let run: WorkflowRun.Head
        let call: WorkflowCall
    }

    private func carryRuns() throws -> (calls: [Order], wake: Date?) {
        let active = self.cloud.read { state, _ in
            state.workflows.flatMap { id, history in
                history.runs.values.filter(\.head.status.isActive).map { (workflow: id, run: $0.head.id) }
            }
        }
        var calls: [Order] = []
        var wake: Date?
        // Every answer of this life has been taken by now; those of an earlier one never come.
        let isSettled = self.isSettled.withLock { isSettled in
            defer { isSettled = true }
            return isSettled
        }
        for (workflow, run) in active {
            let (orders, next) = try self.change(run, of: workflow) { machine in
                if !isSettled { machine.settleLostCalls() }
                machine.advance()
            }
            calls += orders
            wake = [wake, next].compactMap(\.self).min()
        }
        return (calls, wake)
    }

    private func change(
        _ run: String,
        of workflow: Scope,
        _ body: (inout RunMachine) -> Void
    ) throws -> (calls: [Order], wake: Date?) {
        try self.cloud.change { state, now in
            guard let history = state.workflows[workflow], let old = history.runs[run], old.head.status.isActive,
                let resource = history.versions[old.head.version],
                let definition = self.definitions.definition(of: resource)
            else { return ([], ([], nil)) }
            let scene = self.scene(of: resource, definition, now: now)
            var machine = RunMachine(run: old, definition: definition, scene: scene)
            body(&machine)
            let orders = machine.calls.map { Order(workflow: resource, run: machine.run.head, call: $0) }
            let changes = machine.change.map { [CloudChange.workflow(workflow, .progressed(run, $0))] } ?? []
            return (changes, (orders, machine.wake))
        }
    }

    private func scene(of workflow: KeptResource, _ definition: WorkflowDefinition, now: Date) -> WorkflowScene {
        let clock = self.cloud.clock
        let identifiers = self.cloud.identifiers
        let given = workflow.properties.member("parameters") ?? [:]
        return WorkflowScene(
            workflow: [
                "id": .string(workflow.id.path), "name": .string(workflow.name), "type": .string(workflow.type),
                "location": .optional(workflow.location), "tags": .tags(workflow.tags),
            ],
            // They were found to be right when the workflow was written.
            parameters: (try? definition.values(of: given)) ?? [:],
            now: now,
            scaled: { clock.scaled($0) },
            identifier: { identifiers.nextText() }
        )
    }

    private func make(_ orders: [Order]) async throws {
        let caller = self.caller
        try await withThrowingTaskGroup(of: (Order, WorkflowCaller.Outcome).self) { group in
            var rest = orders[...]
            for _ in 0..<Self.width {
                guard let order = rest.popFirst() else { break }
                group.addTask { (order, try await caller.make(order.call.request, of: order.workflow, in: order.run)) }
            }
            while let (order, outcome) = try await group.next() {
                _ = try self.change(order.run.id, of: order.workflow.id) { machine in
                    switch outcome {
                    case .answer(let answer): machine.take(answer, for: order.call.key)
                    case .refusal(let error): machine.refuse(error, for: order.call.key)
                    }
                }
                guard let order = rest.popFirst() else { continue }
                group.addTask { (order, try await caller.make(order.call.request, of: order.workflow, in: order.run)) }
            }
        }
    }
}

extension KeptResource {
    /// Whether it is a workflow whose triggers fire.
    var isEnabledWorkflow: Bool {
        self.type == WorkflowKind.type && self.computed["state"]?.string == "Enabled"
    }

    /// Since when a workflow has been as it is.
    var activeSince: Date {
        self.computed["changedTime"]?.string.flatMap(Instant.date) ?? self.changedAt
    }
}
