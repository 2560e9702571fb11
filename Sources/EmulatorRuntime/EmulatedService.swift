/// A part of the local Azure that answers requests: Resource Manager, Entra, managed identity, blob storage.
///
/// A service never throws: what goes wrong is an answer in Azure's own form.
package protocol EmulatedService: Sendable {
    /// Answers one request.
    ///
    /// - Parameter request: The request, read to its end.
    /// - Returns: The answer.
    func respond(to request: EmulatedRequest) async -> EmulatedResponse
}
