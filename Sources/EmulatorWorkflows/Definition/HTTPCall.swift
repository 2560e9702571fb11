import EmulatorExpressions
import EmulatorRuntime

/// What an HTTP action is told.
package struct HTTPCall: Sendable, Equatable {
    /// `method`, `uri`, `headers`, `queries`, `body`, `authentication`, not evaluated.
    let inputs: JSON
    /// How a call is made again.
    let retries: CallRetries
    /// Whether a 202 with a `Location` is followed to its end.
    let followsOperations: Bool
    /// After what time the action is given up.
    let timeout: ISODuration?
}
