/// Why a definition is refused.
package struct WorkflowMistake: Error, Sendable, Equatable {
    /// Azure's code, such as `InvalidTemplate`; `NotEmulated` for what only Azure runs.
    package let code: String
    /// What is wrong, as a sentence.
    package let message: String

    /// A definition that Azure refuses too.
    ///
    /// Source: code and frame of the words by public reports, which add a line and a column that are not told here.
    ///
    /// - Parameter problem: What is wrong, with a full stop.
    /// - Returns: The mistake.
    static func invalid(_ problem: String) -> WorkflowMistake {
        WorkflowMistake(code: "InvalidTemplate", message: "The template validation failed: '\(problem)'.")
    }

    /// A definition that Azure takes and the emulator does not run.
    ///
    /// - Parameter what: What is not emulated.
    /// - Returns: The mistake.
    static func notEmulated(_ what: String) -> WorkflowMistake {
        WorkflowMistake(code: "NotEmulated", message: "The local Azure does not run \(what).")
    }
}
