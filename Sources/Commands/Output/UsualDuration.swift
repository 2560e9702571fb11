import BackupDomain
import Foundation

/// How long backups of an instance usually take.
enum UsualDuration {
    /// Takes the median over earlier runs.
    ///
    /// - Parameter records: Records of the instance, in any order.
    /// - Returns: The median time from acceptance to the end of those that were verified; nil where there is none.
    static func median(of records: [RunRecord]) -> Duration? {
        let durations = records.compactMap { record -> TimeInterval? in
            guard record.outcome == .verified,
                let accepted = record.history.first(where: { $0.state == .accepted })?.at,
                let ended = record.history.last?.at
            else { return nil }
            return ended.timeIntervalSince(accepted)
        }.sorted()
        guard !durations.isEmpty else { return nil }
        return .seconds(durations[durations.count / 2])
    }
}
