import BackupDomain

extension Style {
    /// The colour of a run's outcome.
    ///
    /// - Parameter outcome: The outcome; nil for a backup that Azure goes on with.
    init(_ outcome: RunOutcome?) {
        self =
            switch outcome {
            case .verified, .inventoried, nil: .good
            case .unverified, .unknown, .interrupted, .busy: .warning
            case .failed, .refused: .bad
            }
    }
}
