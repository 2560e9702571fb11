import BackupDomain
import BackupEngine

/// Who was told what, in words on standard error.
struct IncidentReportPrinter {
    let terminal: Terminal

    /// Prints what was told, and what could not be.
    ///
    /// - Parameter report: The report.
    func print(_ report: IncidentReport) {
        for attempt in report.attempts.sorted(by: { ($0.channel, $0.notice.id) < ($1.channel, $1.notice.id) }) {
            guard let failure = attempt.failure else {
                self.terminal.note("Told \(attempt.channel): \(NoticeText(attempt.notice).title)")
                continue
            }
            let remedy = failure.remedy.map { " \($0)" } ?? ""
            self.terminal.note("warning: \(failure.message)\(remedy) The next run tries again.")
        }
        if let refusal = report.refusal {
            let end = report.isKept ? "and this machine alone remembers it" : "so that it is told again"
            self.terminal.note("warning: What was told cannot be written down, \(end): \(refusal.message)")
        }
    }
}
