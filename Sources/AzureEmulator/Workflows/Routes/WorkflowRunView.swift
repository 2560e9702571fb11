import EmulatorRuntime
import EmulatorWorkflows
import Foundation

/// Runs and their actions as the provider shows them.
///
/// Source: `WorkflowRun`, `WorkflowRunAction` and `WorkflowRunActionRepetitionDefinition` of the specification, API version
/// 2019-05-01.
struct WorkflowRunView {
    let workflow: KeptResource
    let links: SignedWorkflowLinks

    private static func reference(_ id: String, _ type: String) -> JSON {
        [
            "id": .string(id), "name": .string(id.split(separator: "/").last.map(String.init) ?? ""),
            "type": .string(type),
        ]
    }

    func json(_ run: WorkflowRun) -> JSON {
        let head = run.head
        let trigger = head.trigger
        var started: JSON = [
            "name": .string(trigger.name), "startTime": .string(RunTime.text(trigger.firedAt)),
            "endTime": .string(RunTime.text(trigger.firedAt)),
            "correlation": ["clientTrackingId": .string(head.id)], "status": "Succeeded", "code": "OK",
        ]
        if let scheduled = trigger.scheduledAt { started["scheduledTime"] = .string(RunTime.text(scheduled)) }
        if !trigger.outputs.isNull {
            started["outputsLink"] = self.links.content(
                of: trigger.outputs,
                at: .trigger(run: head.id),
                of: self.workflow
            )
        }
        var properties: JSON = [
            "waitEndTime": .string(RunTime.text(head.startedAt)), "startTime": .string(RunTime.text(head.startedAt)),
            "status": .string(head.status.rawValue),
        ]
        if let ended = head.endedAt { properties["endTime"] = .string(RunTime.text(ended)) }
        if let code = head.code { properties["code"] = .string(code) }
        if let error = head.error { properties["error"] = error }
        properties["correlation"] = ["clientTrackingId": .string(head.id)]
        properties["workflow"] = Self.reference(
            "\(self.workflow.id)/versions/\(head.version)",
            "Microsoft.Logic/workflows/versions"
        )
        properties["trigger"] = started
        properties["outputs"] = head.outputs ?? [:]
        var json = Self.reference("\(self.workflow.id)/runs/\(head.id)", "Microsoft.Logic/workflows/runs")
        json["properties"] = properties
        return json
    }

    /// The actions, each by its last execution, in the order in which they began.
    func actions(of run: WorkflowRun) -> [JSON] {
        let byName = Dictionary(grouping: run.records.values) { $0.key.name }
        let last = byName.values.compactMap { executions in
            executions.max { $0.key.path.lexicographicallyPrecedes($1.key.path) }.map { ($0, executions.count) }
        }
        return last.sorted { ($0.0.startedAt, $0.0.key.name) < ($1.0.startedAt, $1.0.key.name) }.map { record, count in
            let id = "\(self.workflow.id)/runs/\(run.head.id)/actions/\(record.key.name)"
            var json = Self.reference(id, "Microsoft.Logic/workflows/runs/actions")
            var properties = self.properties(of: record, in: run)
            if !record.key.path.isEmpty { properties["repetitionCount"] = .integer(count) }
            json["properties"] = properties
            return json
        }
    }

    /// The executions of an action in a loop, or the iterations of a loop.
    func repetitions(of name: String, in run: WorkflowRun, kind: String) -> [JSON] {
        let records = run.records.values.filter { $0.key.name.caseInsensitiveCompare(name) == .orderedSame }
        if kind.lowercased() == "scoperepetitions" {
            return records.sorted { $0.key.path.lexicographicallyPrecedes($1.key.path) }.flatMap { record in
                (0..<(record.iterations ?? 0)).map { index in
                    self.repetition(
                        record,
                        path: record.key.path + [index],
                        in: run,
                        kind: kind,
                        loops: [record.key.name]
                    )
                }
            }
        }
        return records.filter { !$0.key.path.isEmpty }.sorted { $0.key.path.lexicographicallyPrecedes($1.key.path) }
            .map { self.repetition($0, path: $0.key.path, in: run, kind: kind, loops: []) }
    }

    private func repetition(
        _ record: ActionRecord,
        path: [Int],
        in run: WorkflowRun,
        kind: String,
        loops: [String]
    ) -> JSON {
        let name = path.map { CalendarInstant.padded($0, to: 6) }.joined(separator: "-")
        let id = "\(self.workflow.id)/runs/\(run.head.id)/actions/\(record.key.name)/\(kind)/\(name)"
        var json = Self.reference(id, "Microsoft.Logic/workflows/runs/actions/\(kind)")
        var properties = self.properties(of: record, in: run)
        properties["repetitionIndexes"] = .array(path.map { ["itemIndex": .integer($0)] })
        json["properties"] = properties
        return json
    }

    private func properties(of record: ActionRecord, in run: WorkflowRun) -> JSON {
        var properties: JSON = [
            "startTime": .string(RunTime.text(record.startedAt)), "status": .string(record.status.rawValue),
            "correlation": [
                "actionTrackingId": .string(record.trackingID), "clientTrackingId": .string(run.head.id),
            ],
        ]
        if let ended = record.endedAt { properties["endTime"] = .string(RunTime.text(ended)) }
        if let code = record.code { properties["code"] = .string(code) }
        if let error = record.error { properties["error"] = error }
        if let iterations = record.iterations { properties["iterationCount"] = .integer(iterations) }
        if !record.retries.isEmpty {
            properties["retryHistory"] = .array(
                record.retries.map { attempt in
                    [
                        "startTime": .string(RunTime.text(attempt.startedAt)),
                        "endTime": .string(RunTime.text(attempt.endedAt)), "code": .string(attempt.code),
                    ]
                }
            )
        }
        for (name, part, value) in [
            ("inputsLink", "inputs", record.inputs), ("outputsLink", "outputs", record.outputs),
        ] {
            guard let value else { continue }
            properties[name] = self.links.content(
                of: value,
                at: .action(run: run.head.id, record.key, part: part),
                of: self.workflow
            )
        }
        return properties
    }
}
