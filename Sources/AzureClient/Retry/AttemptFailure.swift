import BackupDomain

/// Why an attempt did not succeed, as far as the decision to repeat it goes.
enum AttemptFailure: Sendable, Hashable {
    /// An answer with this status.
    case status(Int)
    /// No answer, and the request never reached the server.
    case notSent(BackupError.Code)
    /// No whole answer; the request may have reached the server.
    case unanswered(BackupError.Code)

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

    /// Whether the attempt may have taken effect.
    var isDoubtful: Bool {
        switch self {
        case .status(let status): status != 429
        case .notSent: false
        case .unanswered: true
        }
    }
}
