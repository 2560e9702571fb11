import EmulatorRuntime
import EmulatorWorkflows
import Foundation

/// Starts a run of a workflow, or notes that it is not started since as many go on as may.
///
/// Source: "Trigger and action types reference", the concurrency of triggers. That a recurrence is skipped and not kept waiting
/// is documented of `SingleInstance`; here a concurrency is the same.
struct WorkflowStart {
    let workflow: KeptResource
    let trigger: WorkflowTrigger
    let history: WorkflowHistory
    let now: Date
    let identifiers: any IdentifierSource

    /// The change, and the name of the run where one starts.
    func change(scheduledAt: Date?, outputs: JSON = .null) -> (change: CloudChange, run: String?) {
        let active = self.history.runs.values.count {
            $0.head.status.isActive && $0.head.trigger.name == self.trigger.name
        }
        let id = RunName.next(at: self.now, seed: self.identifiers.next())
        let isFree = self.trigger.runLimit.map { active < $0 } ?? true
        let firing = TriggerFiring(
            id: id,
            trigger: self.trigger.name,
            scheduledAt: scheduledAt,
            firedAt: self.now,
            hasRun: isFree,
            trackingID: self.identifiers.nextText()
        )
        guard isFree else { return (.workflow(self.workflow.id, .fired(firing, nil, version: nil)), nil) }
        let version = self.workflow.computed["version"]?.string ?? ""
        let run = WorkflowRun(
            id: id,
            version: version,
            trigger: StartedTrigger(
                name: self.trigger.name,
                scheduledAt: scheduledAt,
                firedAt: self.now,
                outputs: outputs
            ),
            now: self.now,
            trackingID: self.identifiers.nextText()
        )
        let snapshot = self.history.versions[version] == nil ? self.workflow : nil
        return (.workflow(self.workflow.id, .fired(firing, run, version: snapshot)), id)
    }
}

/// The names of runs and of versions, of which later ones come first in the order of text.
///
/// Source: names in public reports, such as `08585236512345678901234567890CU12`: what is left of all ticks, and digits.
enum RunName {
    /// The name of a run.
    static func next(at now: Date, seed: UUID) -> String {
        let digits = (Int(seed.uuidString.prefix(8), radix: 16) ?? 0) % 1_000_000_000
        return "\(Self.text(Self.left(at: now)))\(CalendarInstant.padded(digits, to: 9))CU00"
    }

    /// The name of a version that follows another one.
    static func version(at now: Date, after old: String?) -> String {
        let left = Self.left(at: now)
        return Self.text(old.flatMap { Int($0) }.map { min(left, $0 - 1) } ?? left)
    }

    private static func text(_ left: Int) -> String { CalendarInstant.padded(left, to: 20) }

    private static func left(at now: Date) -> Int {
        Int.max - 621_355_968_000_000_000 - Int((now.timeIntervalSince1970 * 10_000_000).rounded())
    }
}
