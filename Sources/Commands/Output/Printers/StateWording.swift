import BackupDomain
import BackupEngine

/// The states of a run in words.
enum StateWording {
    /// Says where a run stands, as a clause without an end.
    ///
    /// - Parameter record: The run's record.
    /// - Returns: Such as `accepted by Azure, following the operation`.
    static func phrase(for record: RunRecord) -> String {
        let name = record.attempts.last?.backupName ?? ""
        return switch record.state {
        case .planned where record.isInventoryOnly: "reading what lies in the instance"
        case .planned:
            record.history.last?.detail.map { "planned: \($0)" } ?? "planned"
        case .posting: record.kind == .backup ? "starting the backup \(name)" : "starting the restore of \(name)"
        case .accepted: "accepted by Azure, following the operation"
        case .settling:
            "following the instance's state\(record.kind == .backup ? " and the blob" : ""): \(record.history.last?.detail ?? "no answer")"
        case .proving: "Azure says done, looking at the \(record.kind == .backup ? "blob" : "instance")"
        case .ended: record.outcome?.rawValue ?? "ended"
        }
    }

    /// A word for the live line.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - kind: What the run does.
    /// - Returns: One or two words.
    static func word(for state: RunState, of kind: RunKind) -> String {
        switch state {
        case .planned: "waiting"
        case .posting: "starting"
        case .accepted: kind == .backup ? "backing up" : "restoring"
        case .settling: "watching"
        case .proving: "verifying"
        case .ended: "done"
        }
    }
}
