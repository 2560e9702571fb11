/// What lies in an API Management instance, as Azure lists it: page by page.
///
/// Implementations renew tokens, honour throttling and repeat what is safe to repeat.
package protocol ContentsPlane: Sendable {
    /// Reads the first page of a list.
    ///
    /// - Parameters:
    ///   - list: The path of the list below the instance, such as `apis/orders/operations`; not percent-encoded.
    ///   - instance: The instance's resource id.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupError`` where no answer came; with code `answerTooLarge`, naming the URL, where it is too large.
    func contents(_ list: String, of instance: ResourceID) async throws -> ManagementAnswer

    /// Reads a further page.
    ///
    /// - Parameter link: The URL that the page before gave; refused unless it is of Resource Manager's own origin.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupError``, with code `foreignLocation` where the URL leads elsewhere.
    func contents(at link: String) async throws -> ManagementAnswer
}
