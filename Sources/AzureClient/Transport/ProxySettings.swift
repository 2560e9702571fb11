package import BackupDomain
import FoundationEssentials

/// Which calls go through a proxy, by the variables that command-line programs share.
///
/// `HTTPS_PROXY` names the proxy; `NO_PROXY` lists, with commas, what goes past it: `*`, a host (with its subdomains,
/// with or without a leading dot), an IP address, a CIDR range, each with an optional `:port`. This machine and
/// link-local addresses never go through a proxy. The lower-case names win over the upper-case ones, as they do in curl.
///
/// Source: <https://curl.se/docs/manpage.html#ENVIRONMENT>
package struct ProxySettings: Sendable {
    private let server: ProxyServer?
    private let exceptions: [String]

    /// Reads the settings.
    ///
    /// - Parameter environment: The process's variables.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the proxy's URL cannot be read.
    package init(_ environment: AzureEnvironment) throws(BackupError) {
        let variable: AzureEnvironment.Variable =
            environment[.lowerCaseHTTPSProxy] == nil ? .httpsProxy : .lowerCaseHTTPSProxy
        if let text = environment[variable] {
            self.server = try ProxyServer(text, variable: variable.rawValue)
        } else {
            self.server = nil
        }
        let list = environment[.lowerCaseNoProxy] ?? environment[.noProxy] ?? ""
        self.exceptions = list.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
    }

    /// The proxy that there is, whatever the call.
    var anyServer: ProxyServer? { self.server }

    /// Picks the way to an origin.
    ///
    /// - Parameter origin: Where the call goes.
    /// - Returns: The proxy, or nil for the direct way.
    func server(for origin: Origin) -> ProxyServer? {
        if origin.scheme != "https" || origin.isLoopback || origin.isLinkLocal { return nil }
        return self.exceptions.contains { Self.matches($0, origin) } ? nil : self.server
    }

    private static func matches(_ entry: String, _ origin: Origin) -> Bool {
        if entry == "*" { return true }
        let (name, port) = Self.splitPort(entry)
        if let port, port != origin.port { return false }
        if let address = IPAddress(origin.host) {
            let parts = name.split(separator: "/", maxSplits: 1)
            guard let first = parts.first, let network = IPAddress(String(first)) else { return false }
            return parts.count == 2
                ? Int(parts[1]).map { address.isIn(network, prefix: $0) } ?? false : address == network
        }
        let bare = name.hasPrefix("*.") ? name.dropFirst(2) : name.hasPrefix(".") ? name.dropFirst() : name[...]
        return !bare.isEmpty && (origin.host == bare || origin.host.hasSuffix(".\(bare)"))
    }

    private static func splitPort(_ entry: String) -> (name: String, port: Int?) {
        if entry.hasPrefix("[") {
            let parts = entry.dropFirst().split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count == 2 ? Int(parts[1].dropFirst()) : nil)
        }
        let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
        // More than one colon is an IPv6 address, which cannot carry a port without brackets.
        guard parts.count == 2, let port = Int(parts[1]) else { return (entry, nil) }
        return (String(parts[0]), port)
    }
}
