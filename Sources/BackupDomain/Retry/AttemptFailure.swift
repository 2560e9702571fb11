/// Why an attempt did not succeed, as far as the decision to repeat it goes.
package enum AttemptFailure: Sendable, Hashable {
    /// An answer with this status.
    case status(Int)
    /// No answer, and the request never reached the server.
    case notSent(BackupError.Code)
    /// No whole answer; the request may have reached the server.
    case unanswered(BackupError.Code)

    /// Whether the attempt may have taken effect.
    package var isDoubtful: Bool {
        switch self {
        case .status(let status): status != 429
        case .notSent: false
        case .unanswered: true
        }
    }
}
