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

    /// Works on one instance and takes whatever comes of it.
    ///
    /// - Parameters:
    ///   - instance: The instance as it was asked for.
    ///   - work: The work.
    /// - Returns: How it ended.
    static func of(_ instance: String, _ work: () async throws -> RunReport) async -> Self {
        do {
            let report = try await work()
            return Self(instance: report.record.instance.name, report: report, error: report.record.error)
        } catch {
            return Self(instance: instance, error: Self.reported(error))
        }
    }

    /// Any error as one that can be reported: there is a summary whatever happens.
    ///
    /// - Parameter error: The error.
    /// - Returns: The error, or what it comes to.
    static func reported(_ error: any Error) -> BackupError {
        if let error = error as? BackupError { return error }
        if error is CancellationError {
            return BackupError(.interrupted, "Interrupted before a backup was posted.")
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
