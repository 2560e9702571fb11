/// What each signal of a person or a supervisor asks for: the first one to stop, the second one to cancel what is being sent
/// to Azure, the third one to end the process.
struct StopSequence: Sendable {
    /// What follows a signal.
    enum Step: Sendable, Hashable {
        /// Waits and reads end; what is being sent to Azure is sent to its end, and the record is kept.
        case stop
        /// All work is cancelled.
        case cancel
        /// The process ends in the middle of things.
        case leave
    }

    private var signals = 0

    /// Takes in a signal.
    ///
    /// - Parameter isHeeded: Whether somebody is at work who looks at the request to stop; work that does not is cancelled at
    ///   once, since nothing of it goes on in Azure.
    /// - Returns: What follows.
    mutating func next(isHeeded: Bool) -> Step {
        self.signals += 1
        switch self.signals {
        case 1: return isHeeded ? .stop : .cancel
        case 2: return .cancel
        default: return .leave
        }
    }
}
