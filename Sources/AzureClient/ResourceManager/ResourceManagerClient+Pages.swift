import BackupDomain
import FoundationEssentials

extension ResourceManagerClient {
    /// Reads all pages of a listing.
    ///
    /// A link to the next page is followed on Resource Manager's own origin only, never twice, and not without end.
    ///
    /// - Parameters:
    ///   - first: The first page's URL.
    ///   - what: What is listed, for messages.
    ///   - need: The right that a 403 says is missing.
    ///   - scopeID: The resource id that the right is needed on.
    /// - Returns: The items of all pages.
    /// - Throws: ``BackupDomain/BackupError``
    func pages(
        from first: URL,
        listing what: String,
        need: Permission?,
        scopeID: String?
    ) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var seen: Set<String> = []
        var next: URL? = first
        while let url = next {
            guard seen.insert(url.absoluteString).inserted, seen.count <= Self.mostPages else {
                throw BackupError(.malformedAnswer, "Azure's list of \(what) does not end: its pages lead in a circle.")
            }
            let answer = try await self.get(url)
            guard answer.status == 200 else {
                let body = AzureErrorBody(answer.response.document)
                if answer.status == 403, let need, let scopeID {
                    throw need.denial(
                        on: scopeID,
                        scopeID: scopeID,
                        principal: answer.principal,
                        azure: answer.fault(body)
                    )
                }
                throw answer.refusal(body, "listing \(what)", now: self.clock.now)
            }
            let document = try answer.requireDocument()
            guard let page = document["value"]?.array else { throw answer.malformed("it has no list 'value'") }
            items += page
            next = try self.next(document, answer)
        }
        return items
    }

    private func next(_ document: JSONValue, _ answer: AzureAnswer) throws(BackupError) -> URL? {
        guard let text = document["nextLink"]?.string, !text.isEmpty else { return nil }
        guard let url = URL(string: text) else { throw answer.malformed("its nextLink is no URL") }
        try self.caller.requireOwnOrigin(url)
        return url
    }
}
