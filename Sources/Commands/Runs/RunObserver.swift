import BackupEngine

/// What is told of a run as it goes.
protocol RunObserver: Sendable {
    /// Takes in what a runner tells.
    ///
    /// - Parameter notice: What happened.
    func notice(_ notice: RunNotice) async

    /// Does what there is to do while the run goes on, until cancelled.
    func run() async
}
