/// Azure Resource Manager, as far as deployments need it: any resource, by its path.
///
/// Implementations renew tokens, honour throttling and repeat what is safe to repeat; a POST is sent once.
package protocol ResourcePlane: Sendable {
    /// Makes a call.
    ///
    /// - Parameters:
    ///   - method: What is done.
    ///   - path: The path of a resource or of something below it, with a leading slash, not percent-encoded.
    ///   - apiVersion: The api-version.
    ///   - body: The body; nil for none.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupError`` where no answer came.
    func send(
        _ method: ResourceMethod,
        _ path: String,
        apiVersion: String,
        body: JSONValue?
    ) async throws -> ManagementAnswer

    /// Reads all pages of a list.
    ///
    /// - Parameters:
    ///   - path: The path of the list.
    ///   - apiVersion: The api-version.
    ///   - filter: What Azure is to select by; nil for all.
    /// - Returns: The elements.
    /// - Throws: ``BackupError``, also where Azure refuses.
    func list(_ path: String, apiVersion: String, filter: String?) async throws -> [JSONValue]

    /// Asks once how something stands that Azure accepted.
    ///
    /// - Parameter location: The URL that Azure gave; refused unless it is of Resource Manager's own origin.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupError`` with code `foreignLocation`, or where no answer came.
    func operation(at location: String) async throws -> ManagementAnswer
}
