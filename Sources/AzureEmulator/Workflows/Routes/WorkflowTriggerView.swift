import EmulatorRuntime
import EmulatorWorkflows
import Foundation

/// Triggers and their histories as the provider shows them.
///
/// Source: `WorkflowTrigger` and `WorkflowTriggerHistory` of the specification, API version 2019-05-01.
struct WorkflowTriggerView {
    let workflow: KeptResource
    let history: WorkflowHistory?
    let now: Date

    func json(_ trigger: WorkflowTrigger) -> JSON {
        let state = self.workflow.computed["state"] ?? "Enabled"
        var properties: JSON = [
            "provisioningState": "Succeeded", "createdTime": .string(RunTime.text(self.workflow.createdAt)),
            "changedTime": .string(RunTime.text(self.workflow.activeSince)), "state": state,
            "status": self.workflow.isEnabledWorkflow ? "Waiting" : "Suspended",
        ]
        let last = self.history?.firings.last { $0.trigger == trigger.name }
        if let last { properties["lastExecutionTime"] = .string(RunTime.text(last.firedAt)) }
        if self.workflow.isEnabledWorkflow,
            let next = trigger.recurrence?.next(after: self.now, activeSince: self.workflow.activeSince)
        {
            properties["nextExecutionTime"] = .string(RunTime.text(next))
        }
        let definition = self.workflow.properties.member("definition")?.member("triggers")?.member(trigger.name)
        if let recurrence = definition?.member("recurrence") { properties["recurrence"] = recurrence }
        let version = self.workflow.computed["version"]?.string ?? ""
        properties["workflow"] = [
            "id": .string("\(self.workflow.id)/versions/\(version)"), "name": .string(version),
            "type": "Microsoft.Logic/workflows/versions",
        ]
        return [
            "id": .string("\(self.workflow.id)/triggers/\(trigger.name)"), "name": .string(trigger.name),
            "type": "Microsoft.Logic/workflows/triggers", "properties": properties,
        ]
    }

    func json(_ firing: TriggerFiring) -> JSON {
        var properties: JSON = [
            "startTime": .string(RunTime.text(firing.firedAt)), "endTime": .string(RunTime.text(firing.firedAt)),
            "status": .string(firing.status.rawValue), "code": firing.hasRun ? "OK" : "TriggerConcurrencyLimitReached",
            "trackingId": .string(firing.trackingID), "correlation": ["clientTrackingId": .string(firing.id)],
            "fired": .bool(firing.hasRun),
        ]
        if let scheduled = firing.scheduledAt { properties["scheduledTime"] = .string(RunTime.text(scheduled)) }
        if firing.hasRun {
            properties["run"] = [
                "id": .string("\(self.workflow.id)/runs/\(firing.id)"), "name": .string(firing.id),
                "type": "Microsoft.Logic/workflows/runs",
            ]
        }
        return [
            "id": .string("\(self.workflow.id)/triggers/\(firing.trigger)/histories/\(firing.id)"),
            "name": .string(firing.id), "type": "Microsoft.Logic/workflows/triggers/histories",
            "properties": properties,
        ]
    }
}
