package import FoundationEssentials

/// What came of running a command.
package struct CommandOutcome: Sendable {
    /// Whether it exited with 0.
    package var succeeded: Bool
    /// Its standard output.
    package var output: Data
    /// Its standard error.
    package var errorText: String

    /// Creates a value.
    package init(succeeded: Bool, output: Data, errorText: String) {
        self.succeeded = succeeded
        self.output = output
        self.errorText = errorText
    }
}
