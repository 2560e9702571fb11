import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// Starts a workflow because somebody asks for it now.
struct WorkflowInvocation {
    let cloud: Cloud
    let state: CloudState
    let now: Date

    func start(
        _ workflow: KeptResource,
        _ trigger: WorkflowTrigger,
        outputs: JSON
    ) throws(ManagementError) -> (change: CloudChange, run: String?) {
        guard workflow.isEnabledWorkflow else {
            // Source: code and words of public reports.
            throw ManagementError(
                status: .badRequest,
                code: "WorkflowTriggerIsNotEnabled",
                message:
                    "Could not execute workflow '\(workflow.name)' trigger '\(trigger.name)' with state 'Disabled': "
                    + "trigger is not enabled."
            )
        }
        return WorkflowStart(
            workflow: workflow,
            trigger: trigger,
            history: self.state.workflows[workflow.id] ?? WorkflowHistory(),
            now: self.now,
            identifiers: self.cloud.identifiers
        ).change(scheduledAt: nil, outputs: trigger.recurrence == nil ? outputs : .null)
    }

    /// The answer to who asked; the run's name stands in a header where one was started.
    static func accepted(_ run: String?) -> EmulatedResponse {
        var headers: HTTPFields = [:]
        if let run {
            for name in ["x-ms-workflow-run-id", "x-ms-client-tracking-id"] {
                if let name = HTTPField.Name(name) { headers[name] = run }
            }
        }
        return EmulatedResponse(status: .accepted, headers: headers)
    }
}
