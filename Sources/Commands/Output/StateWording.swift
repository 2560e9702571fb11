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
        case .planned:
            record.history.last?.detail.map { "planned: \($0)" } ?? "planned"
        case .posting: "starting the backup \(name)"
        case .accepted: "accepted by Azure, following the operation"
        case .settling: "following the instance's state and the blob: \(record.history.last?.detail ?? "no answer")"
        case .proving: "Azure says done, looking at the blob"
        case .ended: record.outcome?.rawValue ?? "ended"
        }
    }

    /// A word for the live line.
    ///
    /// - Parameter state: The state.
    /// - Returns: One or two words.
    static func word(for state: RunState) -> String {
        switch state {
        case .planned: "waiting"
        case .posting: "starting"
        case .accepted: "backing up"
        case .settling: "watching"
        case .proving: "verifying"
        case .ended: "done"
        }
    }
}
