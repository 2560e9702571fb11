import BackupDomain
import BackupEngine

/// How one instance's run ended, whatever happened: with a report, or with the error that kept it from beginning.
struct InstanceEnd: Sendable {
    /// The instance as it was asked for; its own name where that is known.
    var instance: String
    /// The runner's report; nil where no run began.
    var report: RunReport?
    /// What went wrong before, or in, the run.
    var error: BackupError?

    /// A run that came to a report.
    init(_ report: RunReport) {
        self.init(instance: report.record.instance.name, report: report, error: report.error)
    }

    /// Creates a value.
    init(instance: String, report: RunReport? = nil, error: BackupError? = nil) {
        self.instance = instance
        self.report = report
        self.error = error
    }

    /// Works on one instance and takes whatever comes of it.
    ///
    /// - Parameters:
    ///   - instance: The instance as it was asked for.
    ///   - interruption: What a person is told who stops the program.
    ///   - work: The work.
    /// - Returns: How it ended.
    static func of(
        _ instance: String,
        _ interruption: Interruption,
        _ work: () async throws -> RunReport
    ) async -> Self {
        do {
            return Self(try await work())
        } catch {
            return Self(instance: instance, error: Self.reported(error, interruption))
        }
    }

    /// Any error as one that can be reported: there is a summary whatever happens.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - interruption: What a person is told who stops the program.
    /// - Returns: The error, or what it comes to.
    static func reported(_ error: any Error, _ interruption: Interruption) -> BackupError {
        if let error = error as? BackupError { return error }
        if error is CancellationError {
            return BackupError(.interrupted, "Interrupted. \(interruption.sentence)")
        }
        return BackupError(.azureError, "Something unforeseen went wrong: \(error)")
    }

    /// How it ended, in the words of runs; nil while Azure goes on and that was asked for.
    var outcome: RunOutcome? {
        self.report.map(\.outcome) ?? self.error?.exitStatus.outcome
    }

    /// The exit code for it alone.
    var exitStatus: ExitStatus {
        if let report = self.report { return report.outcome?.exitCode ?? .success }
        return self.error?.exitStatus ?? .failed
    }

    /// The summary for programs.
    var summary: RunSummary {
        if let report = self.report { return RunSummary(report) }
        let error = self.error ?? BackupError(.azureError, "Nothing is known of it.")
        return RunSummary(instance: self.instance, error: error, outcome: error.exitStatus.outcome)
    }
}
