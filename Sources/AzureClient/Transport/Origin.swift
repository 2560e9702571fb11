package import BackupDomain
package import FoundationEssentials

/// Where a URL leads: scheme, host and port.
///
/// Tokens are given out by origin. Hosts compare without case, and a port left out is the scheme's own.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc6454#section-5>
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// The scheme: `https` or `http`.
    package let scheme: String
    /// The host in lower case, an IPv6 address without brackets.
    package let host: String
    /// The port.
    package let port: Int

    /// Creates the origin of an https server on the usual port.
    ///
    /// - Parameter host: The host's name.
    package init(host: String) {
        self.scheme = "https"
        self.host = host.lowercased()
        self.port = 443
    }

    /// Reads the origin of a URL.
    ///
    /// - Parameter url: An absolute http or https URL without user information.
    package init?(_ url: URL) {
        guard let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http" else { return nil }
        guard let host = url.host(), !host.isEmpty, url.user() == nil, url.password() == nil else { return nil }
        self.scheme = scheme
        self.host = host.lowercased().withoutBrackets
        self.port = url.port ?? (scheme == "https" ? 443 : 80)
    }

    /// Reads the origin of a URL's text.
    ///
    /// - Parameter text: An absolute http or https URL.
    package init?(_ text: String) {
        guard let url = URL(string: text), let origin = Self(url) else { return nil }
        self = origin
    }

    /// The URL of the origin, without a trailing slash.
    package var description: String {
        let host = self.host.utf8.contains(58) ? "[\(self.host)]" : self.host
        let usual = self.scheme == "https" ? 443 : 80
        return "\(self.scheme)://\(host)" + (self.port == usual ? "" : ":\(self.port)")
    }

    /// Makes a URL of this origin.
    ///
    /// - Parameter target: Path and query, percent-encoded, with a leading slash.
    /// - Returns: The URL.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the text is no path and query.
    package func url(_ target: String) throws(BackupError) -> URL {
        // A slash ends what names the server: whatever follows it, the URL is of this origin.
        guard target.utf8.first == 47, let url = URL(string: self.description + target) else {
            throw BackupError(.invalidInput, "'\(target)' cannot be a path at \(self).")
        }
        return url
    }
}

extension String {
    /// An IPv6 address without the brackets around it.
    fileprivate var withoutBrackets: String {
        guard self.utf8.first == 91 || self.utf8.last == 93 else { return self }
        return String(self.drop { $0 == "[" }.reversed().drop { $0 == "]" }.reversed())
    }
}
