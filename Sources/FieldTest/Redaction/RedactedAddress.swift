import AzureClient
import Foundation

/// URLs and resource ids with marks in place of names.
struct RedactedAddress: Sendable {
    let pseudonyms: Pseudonyms

    /// Hosts of Azure that are the same for everybody; the first label of others names something.
    private static let publicHosts: Set<String> = [
        "management.azure.com", "login.microsoftonline.com", "management.usgovcloudapi.net", "login.microsoftonline.us",
        "management.chinacloudapi.cn", "login.chinacloudapi.cn", "169.254.169.254",
    ]

    /// Parameters whose values tell how the call is made, and of nobody.
    private static let plainParameters: Set<String> = [
        "api-version", "comp", "restype", "maxresults", "include", "delimiter", "resource", "asyncresponse",
    ]

    /// Names in a path that are Azure's own, not somebody's.
    private static let ownNames: Set<String> = ["default", "policy"]

    private static let kinds = [
        "subscriptions": "subscription", "resourcegroups": "group", "service": "instance", "storageaccounts": "account",
        "containers": "container", "deletedservices": "instance", "tenants": "tenant",
    ]

    /// Redacts a URL.
    ///
    /// - Parameters:
    ///   - url: The URL.
    ///   - service: Where it leads.
    /// - Returns: The text.
    func url(_ url: URL, of service: AzureService) -> String {
        let host = url.host() ?? ""
        let path = url.path(percentEncoded: true)
        let isMachine = Self.isMachine(host)
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        switch service {
        case .blobStorage: parts = self.blobPath(parts, beginsWithAccount: isMachine)
        case .resourceManager: parts = self.resourcePath(parts)
        case .entra: parts = parts.enumerated().map { $0 == 0 ? self.pseudonyms.mark($1, "tenant") : $1 }
        case .identityEndpoint, .cloudMetadata: break
        }
        let query = (url.query(percentEncoded: true) ?? "").split(separator: "&").map { self.parameter($0) }
        let address = "\(url.scheme ?? "https")://\(self.host(host, isMachine))/\(parts.joined(separator: "/"))"
        return query.isEmpty ? address : "\(address)?\(query.joined(separator: "&"))"
    }

    /// Redacts a URL that stands in a header or a body, where it is one.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - service: Where it leads.
    /// - Returns: The redacted URL; a mark for anything else.
    func location(_ text: String, of service: AzureService = .resourceManager) -> String {
        guard let url = URL(string: text), url.scheme != nil, url.host() != nil else {
            return text.hasPrefix("/") ? self.resourceID(text) : self.pseudonyms.mark(text, "address")
        }
        return self.url(url, of: service)
    }

    /// Redacts a resource id.
    ///
    /// - Parameter id: The id.
    /// - Returns: The id with marks.
    func resourceID(_ id: String) -> String {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.first == "" else { return self.pseudonyms.mark(id, "name") }
        return "/" + self.resourcePath(Array(parts.dropFirst())).joined(separator: "/")
    }

    private func host(_ host: String, _ isMachine: Bool) -> String {
        if Self.publicHosts.contains(host.lowercased()) { return host.lowercased() }
        if isMachine { return self.pseudonyms.mark(host, "machine") }
        let labels = host.lowercased().split(separator: ".", maxSplits: 1).map(String.init)
        guard labels.count == 2, labels[1].hasPrefix("blob.core.") else { return self.pseudonyms.mark(host, "host") }
        return "\(self.pseudonyms.mark(labels[0], "account")).\(labels[1])"
    }

    private static func isMachine(_ host: String) -> Bool {
        host == "localhost" || host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
    }

    private func blobPath(_ parts: [String], beginsWithAccount: Bool) -> [String] {
        var rest = parts[...]
        var result: [String] = []
        if beginsWithAccount, let account = rest.popFirst() { result.append(self.pseudonyms.mark(account, "account")) }
        if let container = rest.popFirst() { result.append(self.pseudonyms.mark(container, "container")) }
        // A blob's name is one name, whatever slashes it holds.
        let blob = rest.joined(separator: "/")
        if !blob.isEmpty { result.append(self.pseudonyms.mark(blob.removingPercentEncoding ?? blob, "blob")) }
        return result
    }

    /// Types and names by turns, but for `providers`, which a namespace follows.
    private func resourcePath(_ parts: [String]) -> [String] {
        // Of a path of another form nobody knows which of its parts name something.
        guard let first = parts.first, ["subscriptions", "providers", "tenants"].contains(first.lowercased()) else {
            return [self.pseudonyms.mark(parts.joined(separator: "/"), "path")]
        }
        var (result, type): ([String], String?) = ([], nil)
        var followsProviders = false
        for part in parts {
            if followsProviders {
                result.append(part)
                followsProviders = false
            } else if let owner = type {
                let name = part.removingPercentEncoding ?? part
                let isOwn = Self.ownNames.contains(name.lowercased())
                result.append(isOwn ? name : self.pseudonyms.mark(name, Self.kinds[owner] ?? owner))
                type = nil
            } else {
                result.append(part)
                followsProviders = part.lowercased() == "providers"
                type = followsProviders ? nil : part.lowercased()
            }
        }
        return result
    }

    private func parameter(_ pair: Substring) -> String {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        guard parts.count == 2, !parts[1].isEmpty else { return name }
        let value = String(parts[1])
        let isPlain = Self.plainParameters.contains(name.lowercased())
        let host = value.removingPercentEncoding.flatMap { URL(string: $0)?.host() }
        if isPlain, let host, Self.isMachine(host) { return "\(name)=\(self.pseudonyms.mark(host, "machine"))" }
        return "\(name)=\(isPlain ? value : "<text>")"
    }
}
