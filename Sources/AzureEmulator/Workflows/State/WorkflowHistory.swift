import EmulatorWorkflows
import Foundation

/// What a workflow has done: its runs, and when its triggers fired.
struct WorkflowHistory: Sendable, Equatable, Codable {
    /// The versions that runs were started from, by their names.
    private(set) var versions: [String: KeptResource] = [:]
    /// The runs, by their names.
    private(set) var runs: [String: WorkflowRun] = [:]
    /// When triggers fired, the newest last.
    private(set) var firings: [TriggerFiring] = []

    /// The runs in the order in which Azure lists them: the newest first.
    var newestRuns: [WorkflowRun] { self.runs.values.sorted { $0.head.id < $1.head.id } }

    /// Puts a change into effect.
    mutating func apply(_ change: WorkflowChange) {
        switch change {
        case .fired(let firing, let run, let version):
            self.firings.append(firing)
            if let run { self.runs[run.head.id] = run }
            if let run, let version { self.versions[run.head.version] = version }
        case .progressed(let id, let change): self.runs[id]?.apply(change)
        case .forgotten(let before):
            self.firings.removeAll { $0.firedAt < before }
            self.runs = self.runs.filter { $0.value.head.endedAt.map { $0 >= before } ?? true }
            let used = Set(self.runs.values.map(\.head.version))
            self.versions = self.versions.filter { used.contains($0.key) }
        case .restored(let history): self = history
        }
    }
}

/// One change of what a workflow has done.
enum WorkflowChange: Sendable, Equatable, Codable {
    /// A trigger fired, and started this run of this version unless it was skipped.
    case fired(TriggerFiring, WorkflowRun?, version: KeptResource?)
    /// A run has come further.
    case progressed(String, WorkflowRun.Change)
    /// What ended before an instant is no longer kept.
    case forgotten(before: Date)
    /// All of it, as it stood when the journal was written anew.
    case restored(WorkflowHistory)
}

/// One time at which a trigger fired.
struct TriggerFiring: Sendable, Equatable, Codable {
    /// Its name in the history; that of the run, where there is one.
    let id: String
    let trigger: String
    let scheduledAt: Date?
    let firedAt: Date
    /// Whether a run was started.
    let hasRun: Bool
    let trackingID: String

    var status: ActionStatus { self.hasRun ? .succeeded : .skipped }
}
