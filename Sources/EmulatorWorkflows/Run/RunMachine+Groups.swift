import EmulatorExpressions
import EmulatorRuntime

extension RunMachine {
    /// Carries the actions of a group on: starts those whose predecessors have ended, and looks at those that go on.
    mutating func carry(_ group: [WorkflowAction], at path: [Int]) {
        for action in group where self.run.head.status.isActive {
            let key = ActionKey(name: action.name, path: path)
            switch self.run.records[key]?.status {
            case nil:
                let ends = action.runAfter.map { self.status(of: $0.name, in: group, at: path) }
                guard ends.allSatisfy({ $0?.isActive == false }) else { continue }
                if let miss = zip(action.runAfter, ends).first(where: { !$0.statuses.contains($1 ?? .skipped) }) {
                    self.skip(action, at: path, because: Self.unmet(action.name, miss.0, miss.1 ?? .skipped))
                } else {
                    self.start(action, key)
                }
            case .running?: self.look(at: action, key)
            default: continue
            }
        }
    }

    private func status(of name: String, in group: [WorkflowAction], at path: [Int]) -> ActionStatus? {
        let action = group.first { $0.name.lowercased() == name.lowercased() }
        return action.flatMap { self.run.records[ActionKey(name: $0.name, path: path)]?.status }
    }

    /// Source: code and words of skipped actions in public reports.
    private static func unmet(
        _ name: String,
        _ wanted: WorkflowAction.Predecessor,
        _ found: ActionStatus
    ) -> JSON {
        let statuses = wanted.statuses.map(\.rawValue).joined(separator: ", ")
        return [
            "code": "ActionSkipped",
            "message": .string(
                "The execution of template action '\(name)' skipped: the 'runAfter' condition for action "
                    + "'\(wanted.name)' is not satisfied. Expected status values '\(statuses)' and actual value "
                    + "'\(found.rawValue)'."
            ),
        ]
    }

    /// Source: code and words of skipped actions in public reports.
    static func notTaken(_ name: String) -> JSON {
        [
            "code": "ActionBranchingConditionNotSatisfied",
            "message": .string(
                "The execution of template action '\(name)' skipped: the branching condition for this action is not "
                    + "satisfied."
            ),
        ]
    }

    /// Notes that an action does not run, and with it none of those in it.
    mutating func skip(_ action: WorkflowAction, at path: [Int], because error: JSON) {
        let key = ActionKey(name: action.name, path: path)
        self.put(
            ActionRecord(
                key: key,
                status: .skipped,
                code: error["code"]?.string,
                error: error,
                startedAt: self.now,
                endedAt: self.now,
                trackingID: self.scene.identifier()
            )
        )
        guard !action.isLoop else { return }
        for inner in action.groups.joined() { self.skip(inner, at: path, because: Self.notTaken(inner.name)) }
    }

    func isDone(_ group: [WorkflowAction], at path: [Int]) -> Bool {
        group.allSatisfy { action in
            self.run.records[ActionKey(name: action.name, path: path)]?.status.isActive == false
        }
    }

    /// How a group ended: a branch counts by its last action, or where that was skipped, by what came before it.
    ///
    /// Source: "Handle errors and exceptions", on the status of runs; the same for scopes and the iterations of loops.
    func outcome(of group: [WorkflowAction], at path: [Int]) -> ActionStatus {
        let followed = Set(group.flatMap { $0.runAfter.map { $0.name.lowercased() } })
        let leaves = group.filter { !followed.contains($0.name.lowercased()) }
        return leaves.contains { self.hasFailed($0, in: group, at: path) } ? .failed : .succeeded
    }

    private func hasFailed(_ action: WorkflowAction, in group: [WorkflowAction], at path: [Int]) -> Bool {
        switch self.run.records[ActionKey(name: action.name, path: path)]?.status {
        case .failed?, .timedOut?, .cancelled?: return true
        case .skipped?:
            return action.runAfter.contains { predecessor in
                group.contains { other in
                    other.name.lowercased() == predecessor.name.lowercased()
                        && self.hasFailed(other, in: group, at: path)
                }
            }
        default: return false
        }
    }
}
