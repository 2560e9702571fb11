import EmulatorExpressions
import EmulatorRuntime
import Foundation

extension RunMachine {
    /// Looks at an action that goes on.
    mutating func look(at action: WorkflowAction, _ key: ActionKey) {
        switch self.run.records[key]?.progress {
        case .pausing(let until)?:
            if until <= self.now { self.finish(key, .succeeded) } else { self.wake = min(self.wake ?? until, until) }
        case .calling(let progress)?: self.look(at: progress, key)
        case .inner(let index)?:
            let group = action.groups.indices.contains(index) ? action.groups[index] : []
            self.carry(group, at: key.path)
            guard self.run.head.status.isActive, self.isDone(group, at: key.path) else { return }
            self.finish(key, of: [self.outcome(of: group, at: key.path)])
        case .repeating(let active)?:
            switch action.kind {
            case .until(let loop): self.look(at: loop, iteration: active.first ?? 0, key)
            case .forEach(_, let actions, let width): self.look(at: actions, active, width: width, key)
            default: break
            }
        case nil: break
        }
    }

    /// Ends an action by how the groups in it ended.
    private mutating func finish(_ key: ActionKey, of outcomes: [ActionStatus]) {
        guard outcomes.contains(.failed) else { return self.finish(key, .succeeded) }
        self.finish(key, .failed, code: "ActionFailed", error: Self.actionFailed)
    }

    private mutating func look(at loop: UntilLoop, iteration: Int, _ key: ActionKey) {
        let path = key.path + [iteration]
        self.carry(loop.actions, at: path)
        guard self.run.head.status.isActive, self.isDone(loop.actions, at: path),
            let record = self.run.records[key]
        else { return }
        let loops = self.loops(of: key) + [LoopPosition(loop: key.name, index: iteration)]
        let isOver: Bool
        do throws(ExpressionFailure) {
            isOver = try WorkflowCondition(self.vocabulary(loops)).holds(loop.condition)
        } catch {
            return self.fail(key, Self.unprocessed("action '\(key.name)' expression", error))
        }
        // Source: "Add loops to repeat actions": only the last iteration decides on success.
        let outcome = self.outcome(of: loop.actions, at: path)
        if isOver { return self.finish(key, of: [outcome]) }
        let parts = self.scene.scaled(loop.timeout.duration).components
        let isLate = self.now.timeIntervalSince(record.startedAt) >= Double(parts.seconds)
        guard iteration + 1 >= loop.count || isLate else {
            self.update(key) { $0.iterations = iteration + 2 }
            self.update(key) { $0.progress = .repeating([iteration + 1]) }
            return
        }
        guard loop.failsAtLimits else { return self.finish(key, of: [outcome]) }
        let limit =
            isLate
            ? "timeout '\(ISODuration.text(seconds: Double(loop.timeout.duration.components.seconds)))'"
            : "count '\(loop.count)'"
        // That it fails is documented; the code and the words are ours.
        self.fail(
            key,
            [
                "code": "UntilLimitReached",
                "message": .string("The loop '\(key.name)' reached its \(limit) before its condition held."),
            ]
        )
    }

    mutating func beginLoop(over list: JSON, _ action: WorkflowAction, _ key: ActionKey) throws(ExpressionFailure) {
        let value = try self.value(list, key)
        // Source: words of failed runs in public reports; Azure takes 100,000 elements, which nothing here needs.
        guard let items = value.array, items.count <= 5000 else {
            throw ExpressionFailure(
                "The result of the evaluation of 'foreach' expression '\(list.display)' is of type '\(value.kind)'. The "
                    + "result must be a valid array of up to 5000 elements."
            )
        }
        self.update(key) { $0.items = items }
        self.update(key) { $0.iterations = 0 }
        self.update(key) { $0.progress = .repeating([]) }
        self.look(at: action, key)
    }

    private mutating func look(at actions: [WorkflowAction], _ active: [Int], width: Int, _ key: ActionKey) {
        guard let record = self.run.records[key], let items = record.items else { return }
        var begun = record.iterations ?? 0
        var open = active
        while open.count < width, begun < items.count {
            open.append(begun)
            begun += 1
        }
        if begun != record.iterations { self.update(key) { $0.iterations = begun } }
        for iteration in open where self.run.head.status.isActive { self.carry(actions, at: key.path + [iteration]) }
        guard self.run.head.status.isActive else { return }
        open.removeAll { self.isDone(actions, at: key.path + [$0]) }
        if open != active { self.update(key) { $0.progress = .repeating(open) } }
        guard open.isEmpty, begun == items.count else { return }
        self.finish(key, of: (0..<begun).map { self.outcome(of: actions, at: key.path + [$0]) })
    }
}
