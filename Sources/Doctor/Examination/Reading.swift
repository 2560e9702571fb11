/// What came of trying to read something.
package enum Reading<Value: Sendable>: Sendable {
    /// It was read.
    case found(Value)
    /// It is not there.
    case missing
    /// It could not be read, for this reason.
    case hidden(String)

    /// What was read; nil where nothing was.
    package var value: Value? {
        guard case .found(let value) = self else { return nil }
        return value
    }
}
