import BackupDomain
import BackupEngine
import FieldTest

/// What a field test came to.
struct FieldTestEnd: Sendable {
    /// The instance's name.
    var instance: String
    /// The backup.
    var backup: RunReport
    /// The restore; nil where none was made.
    var restore: RunReport?
    /// What is said of each entry of docs/assumptions.json.
    var answers: [Answer] = []

    /// The exit code: that of the runs, and 1 where something is contradicted.
    var exitStatus: ExitStatus {
        for report in [self.backup, self.restore].compactMap(\.self) where report.outcome != .verified {
            return report.outcome?.exitCode ?? .failed
        }
        return self.answers.contains { $0.answer == .contradicted } ? .failed : .success
    }

    /// How many entries are answered so.
    ///
    /// - Parameter kind: The answer.
    /// - Returns: The number.
    func count(_ kind: Verdict.Kind) -> Int { self.answers.filter { $0.answer == kind }.count }
}
