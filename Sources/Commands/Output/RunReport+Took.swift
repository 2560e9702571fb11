import BackupDomain
import BackupEngine
import FoundationEssentials

extension RunReport {
    /// How long the backup took, from its POST to the end of the run; nil where there was none, or it goes on.
    var took: Duration? {
        guard let began = self.record.attempts.last?.intendedAt, self.record.state == .ended,
            let ended = self.record.history.last?.at
        else { return nil }
        return .seconds(ended.timeIntervalSince(began).rounded())
    }
}
