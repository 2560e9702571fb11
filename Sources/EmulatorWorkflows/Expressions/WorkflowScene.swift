package import EmulatorRuntime
package import Foundation

/// What expressions of a run see beside its actions.
package struct WorkflowScene {
    /// What `workflow()` is, without the run.
    package let workflow: JSON
    /// The values of the parameters.
    package let parameters: JSON
    /// What time it is.
    package let now: Date
    /// Shortens a duration that the definition says, as the emulator's clock has it.
    package let scaled: (Duration) -> Duration
    /// Makes an identifier.
    package let identifier: () -> String

    /// Creates a scene.
    package init(
        workflow: JSON,
        parameters: JSON,
        now: Date,
        scaled: @escaping (Duration) -> Duration,
        identifier: @escaping () -> String
    ) {
        self.workflow = workflow
        self.parameters = parameters
        self.now = now
        self.scaled = scaled
        self.identifier = identifier
    }

    /// When a duration that begins now is over.
    func end(of duration: Duration) -> Date {
        let parts = self.scaled(duration).components
        return self.now.addingTimeInterval(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
    }
}
