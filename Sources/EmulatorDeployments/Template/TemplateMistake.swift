/// What is wrong with a template or its parameters; the deployment is refused with it.
///
/// Source: the codes by "Troubleshoot common Azure deployment errors", the words by public reports where there are some.
package struct TemplateMistake: Error, Sendable, Equatable {
    /// Azure's code.
    package var code: String
    /// The message for a person.
    package var message: String

    /// Creates a mistake.
    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// A template that does not hold together.
    ///
    /// - Parameter problem: What is wrong, as a sentence with a full stop.
    /// - Returns: The mistake.
    package static func invalid(_ problem: String) -> TemplateMistake {
        TemplateMistake(code: "InvalidTemplate", message: "Deployment template validation failed: '\(problem)'.")
    }

    /// A template whose JSON has another shape than a template's.
    ///
    /// - Parameter problem: What is wrong, as a sentence with a full stop.
    /// - Returns: The mistake.
    package static func malformed(_ problem: String) -> TemplateMistake {
        TemplateMistake(
            code: "InvalidRequestContent",
            message: "The request content was invalid and could not be deserialized: '\(problem)'."
        )
    }
}
