import BackupDomain

extension AttemptFailure {
    /// Sorts an answer.
    ///
    /// - Parameter response: The answer; nil is made of one that needs no second attempt.
    init?(_ response: HTTPExchangeResponse) {
        guard response.status == 408 || response.status == 429 || response.status >= 500 else { return nil }
        self = .status(response.status)
    }

    /// Sorts a failure.
    ///
    /// - Parameter failure: The failure.
    init(_ failure: TransportFailure) {
        self = failure.mayHaveArrived ? .unanswered(failure.error.code) : .notSent(failure.error.code)
    }
}
