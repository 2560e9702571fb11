/// The resources for which the emulated Microsoft Entra gives tokens, and who accepts which of them.
struct ResourceAudiences: Sendable {
    /// The Resource Manager's own address, with a slash at the end.
    let resourceManager: String
    /// The addresses of the blob listeners, without a slash at the end.
    let blobOrigins: [String]
    /// The address of the directory (Microsoft Graph), without a slash at the end.
    var directory = "https://graph.microsoft.com"

    private static let management = ["https://management.core.windows.net", "https://management.azure.com"]
    private static let storage = "https://storage.azure.com"
    private static let others = [
        "https://graph.microsoft.com", "https://graph.windows.net", "https://vault.azure.net",
        "https://logic.azure.com", "https://api.loganalytics.io", "https://monitor.azure.com",
        "https://communication.azure.com",
    ]

    /// What a token's audience may be for the Resource Manager to accept it, slashes at the end left out.
    var managementAudiences: [String] { [trimmed(self.resourceManager)] + Self.management }

    /// Whether a token for this audience is good at the Resource Manager.
    func isManagement(_ audience: String) -> Bool { self.managementAudiences.contains(trimmed(audience)) }

    /// Whether a token for this audience is good at a storage account.
    ///
    /// Source: "Authorize with Microsoft Entra ID" of the storage services: the general resource, or the account's
    /// own endpoint.
    func isStorage(_ audience: String, account: String) -> Bool {
        let audience = trimmed(audience)
        return audience == Self.storage || audience.hasPrefix("https://\(account).blob.")
            || self.blobOrigins.contains { audience == $0 || audience == "\($0)/\(account)" }
    }

    /// Whether a token for this audience is good at the directory.
    func isDirectory(_ audience: String) -> Bool {
        [self.directory, "https://graph.microsoft.com"].contains(trimmed(audience))
    }

    /// Whether Entra knows the resource at all.
    func isKnown(_ resource: String) -> Bool {
        let name = trimmed(resource)
        return self.isManagement(name) || name == Self.storage || self.isDirectory(name) || Self.others.contains(name)
            || self.blobOrigins.contains { name == $0 || name.hasPrefix($0 + "/") }
            || (name.hasPrefix("https://") && name.contains(".blob."))
    }

    private func trimmed(_ audience: String) -> String {
        var text = Substring(audience.lowercased())
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}
