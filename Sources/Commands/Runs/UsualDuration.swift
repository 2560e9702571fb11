import BackupDomain
import Foundation

/// How long backups of an instance usually take.
enum UsualDuration {
    /// Takes the median over earlier runs.
    ///
    /// - Parameter records: Records of the instance, in any order.
    /// - Returns: The median time that those took which were verified; nil where there is none.
    static func median(of records: [RunRecord]) -> Duration? {
        let durations = records.compactMap { record in
            record.outcome == .verified ? record.timeTaken : nil
        }.sorted()
        return durations.isEmpty ? nil : durations[durations.count / 2]
    }
}
