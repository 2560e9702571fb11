import BackupDomain
import BackupEngine

/// How a restore ended, with what a look at the target showed then.
struct RestoreEnd: Sendable {
    /// The runner's report.
    var report: RunReport
    /// What the target looks like; none where the restore has not ended, or the target could not be read.
    var checks: [RestoreCheck] = []
    /// What is left for a person; none where nothing was restored.
    var leftovers: [RestoreLeftover] = []

    /// The exit code: a target that is not as it should be is a failure, whatever Azure said of the operation.
    var exitStatus: ExitStatus {
        guard let outcome = self.report.outcome else { return .success }
        if outcome == .verified, self.checks.contains(where: { !$0.isGood }) { return .failed }
        return outcome.exitCode
    }
}
