import EmulatorRuntime
import Foundation

/// Up to when the triggers of workflows have been looked at.
struct TriggerLooks: Sendable {
    private let now: Date
    /// What each workflow was then, as far as its triggers go.
    private let seen: [Scope: String]

    init(_ resources: some Sequence<KeptResource>, now: Date) {
        self.now = now
        self.seen = Dictionary(
            resources.filter { $0.type == WorkflowKind.type }.map { ($0.id, Self.mark($0)) }
        ) { _, last in last }
    }

    private static func mark(_ workflow: KeptResource) -> String {
        "\(workflow.computed["version"]?.string ?? "") \(workflow.computed["changedTime"]?.string ?? "")"
    }

    /// Up to when a workflow's triggers have been looked at; one that is new or changed is looked at from before it began.
    func last(at workflow: KeptResource) -> Date {
        self.seen[workflow.id] == Self.mark(workflow) ? self.now : workflow.activeSince.addingTimeInterval(-1)
    }
}
