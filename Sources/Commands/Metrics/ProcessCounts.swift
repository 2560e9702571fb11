import BackupDomain
import BackupEngine
import CoreMetrics
import Notifications
import Observability

/// What this process counts of runs and notices.
struct ProcessCounts: Sendable {
    /// Where it is counted.
    let metrics: ProcessMetrics

    /// Begins to count: what has not happened yet is 0, not absent, so that an alert rule sees its first step.
    ///
    /// - Parameter receivers: The names of all that something is sent to.
    func begin(receivers: [String]) {
        for outcome in RunOutcome.allCases { _ = self.counter(.runsEnded, "outcome", outcome.rawValue) }
        for receiver in receivers {
            for name in [MetricName.noticesSent, .noticesFailed] { _ = self.counter(name, "channel", receiver) }
        }
    }

    /// Counts a run that has ended.
    ///
    /// - Parameter notice: What happened to a schedule.
    func note(_ notice: DueNotice) {
        switch notice {
        case .ended(_, .ran(let report)), .resumed(let report):
            // What is left for another process has not ended.
            guard report.ending == .ended, let outcome = report.outcome else { return }
            self.count(.runsEnded, "outcome", outcome.rawValue)
        case .ended(_, .failed): self.count(.runsEnded, "outcome", RunOutcome.refused.rawValue)
        case .ended, .leftOut, .begins, .trouble: break
        }
    }

    /// Counts what became of notices.
    ///
    /// - Parameter report: What was told.
    func note(_ report: IncidentReport) {
        for attempt in report.attempts {
            self.count(attempt.failure == nil ? .noticesSent : .noticesFailed, "channel", attempt.channel)
        }
    }

    /// Counts a sign of life.
    ///
    /// - Parameter failure: Why it was not heard; nil where it was.
    func note(sign failure: BackupError?) {
        self.count(failure == nil ? .noticesSent : .noticesFailed, "channel", Heartbeat.name)
    }

    private func count(_ name: MetricName, _ label: String, _ value: String) {
        self.counter(name, label, value).increment()
    }

    private func counter(_ name: MetricName, _ label: String, _ value: String) -> Counter {
        Counter(label: name.rawValue, dimensions: [(label, value)], factory: self.metrics)
    }
}
