import EmulatorExpressions
import EmulatorRuntime

/// A loop that ends when its condition holds, or at its limits.
///
/// Source: "Add loops to repeat actions": 60 iterations and an hour unless the definition says otherwise; 5,000 iterations at
/// most. A loop that reaches a limit counts as succeeded unless `FailWhenLimitsReached` is among its operation options.
package struct UntilLoop: Sendable, Equatable {
    /// The condition: an expression, or an object as in `If`.
    let condition: JSON
    /// What is repeated.
    let actions: [WorkflowAction]
    /// The most iterations.
    let count: Int
    /// The longest time; nothing new begins after it.
    let timeout: ISODuration
    /// Whether reaching a limit is a failure.
    let failsAtLimits: Bool
}
