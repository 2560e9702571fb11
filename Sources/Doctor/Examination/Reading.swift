package import BackupDomain
import BackupEngine

/// What came of trying to read something.
package enum Reading<Value: Sendable>: Sendable {
    /// It was read.
    case found(Value)
    /// It is not there.
    case missing
    /// It could not be read, for this reason.
    case hidden(String)
    /// Azure could not be asked, for this reason, which may pass by itself.
    case unanswered(String)

    /// What could not be read because of an error.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - text: What is said of it; its message by default.
    package init(_ error: BackupError, _ text: String? = nil) {
        self = error.code.mayPass ? .unanswered(text ?? error.message) : .hidden(text ?? error.message)
    }

    /// What was read; nil where nothing was.
    package var value: Value? {
        guard case .found(let value) = self else { return nil }
        return value
    }

    /// The same for something else, of which nothing was read either; for what was read, that it was not.
    ///
    /// - Returns: The reading without its value.
    func withoutValue<Other>() -> Reading<Other> {
        switch self {
        case .found: .hidden("It was not read.")
        case .missing: .missing
        case .hidden(let reason): .hidden(reason)
        case .unanswered(let reason): .unanswered(reason)
        }
    }
}
