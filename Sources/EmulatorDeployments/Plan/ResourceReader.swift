package import EmulatorExpressions
package import EmulatorRuntime

/// Reads resources for the functions `reference` and `list…` while a deployment runs.
package protocol ResourceReader {
    /// Reads a resource.
    ///
    /// - Parameters:
    ///   - id: The resource's id.
    ///   - apiVersion: The API version.
    /// - Returns: The whole resource.
    /// - Throws: ``EmulatorExpressions/ExpressionFailure`` in the words of the refusal.
    func resource(_ id: String, apiVersion: String) throws(ExpressionFailure) -> JSON

    /// Asks a resource for one of its lists, such as its keys.
    ///
    /// - Parameters:
    ///   - action: The function's name, such as `listKeys`.
    ///   - id: The resource's id.
    ///   - apiVersion: The API version.
    ///   - body: What is sent along.
    /// - Returns: The answer.
    /// - Throws: ``EmulatorExpressions/ExpressionFailure`` in the words of the refusal.
    func list(_ action: String, of id: String, apiVersion: String, body: JSON?) throws(ExpressionFailure) -> JSON
}
